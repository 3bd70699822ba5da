package io.s3s3.internal.http;

import java.time.Duration;

import io.s3s3.internal.http.AnswerBudget.Stage;
import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Decides whether a request is given up early because its location has gone out and
 * another one can serve the call: a read at any time, a write only as long as nothing was
 * sent that takes effect. A write that was sent might be carried out late and overwrite
 * what was written since, so it waits as long as any write does, but no longer. The
 * decision is final: nothing is sent after it. Thread-safe; guarded by "this".
 */
final class Abandonment {

	private final AttemptScope scope;

	private final boolean read;

	private final boolean hasBody;

	/** How long a sent request waits, in nanoseconds, unless its own timeout is first. */
	private final long patience;

	/** Whether the request, or some of its body, may have been sent. */
	private boolean sent;

	/** When the last of it may have been sent, by nanoTime. */
	private volatile long since;

	private @Nullable SdkClientException decision;

	/**
	 * Create an instance for one request.
	 * @param scope the scope of the attempt
	 * @param method the method of the request
	 * @param hasBody whether it has a body; until that is sent, it has no effect
	 * @param patience how long a write that was sent waits for its answer, at most
	 */
	Abandonment(AttemptScope scope, SdkHttpMethod method, boolean hasBody, Duration patience) {
		this.scope = scope;
		this.read = method == SdkHttpMethod.GET || method == SdkHttpMethod.HEAD;
		this.hasBody = hasBody;
		this.patience = patience.toNanos();
	}

	/**
	 * Record what the request waits for from now on.
	 * @return why it was given up, or {@code null} if it continues
	 */
	synchronized @Nullable SdkClientException cameTo(Stage stage) {
		if (!this.hasBody && this.decision == null) {
			// The exact moment of sending is unknown: from here on it may be sent.
			this.sent = stage == Stage.CONNECTION;
			this.since = System.nanoTime();
		}
		return this.decision;
	}

	/**
	 * Record that the next bytes of the body are about to be sent, unless that is
	 * pointless.
	 * @return why the request is given up, or {@code null} if it continues
	 */
	synchronized @Nullable SdkClientException send() {
		if (!this.sent && decide(this.scope.isInVain(), false) != null) {
			return this.decision;
		}
		if (!this.sent) {
			this.sent = true;
			this.since = System.nanoTime();
		}
		return null;
	}

	/**
	 * Record that bytes of the body are being sent.
	 * @param now the time, by nanoTime
	 */
	void sent(long now) {
		this.since = now;
	}

	/**
	 * Decide about a request that is about to connect, of which nothing was sent yet.
	 * @return why it is given up, or {@code null} if it continues
	 */
	synchronized @Nullable SdkClientException connect() {
		return decide(this.scope.isInVain(), false);
	}

	/**
	 * Decide about a waiting request.
	 * @param now the time, by nanoTime
	 * @return why it is given up, or {@code null} if it continues
	 */
	synchronized @Nullable SdkClientException look(long now) {
		return decide(mayLeave(now) && this.scope.isInVain(), this.sent);
	}

	private boolean mayLeave(long now) {
		return this.read || !this.sent || now - this.since > this.patience;
	}

	private @Nullable SdkClientException decide(boolean inVain, boolean reached) {
		if (this.decision == null && inVain) {
			this.decision = AbandonedException
				.create("Gave up waiting: the location went out, and another one can serve the call", reached);
		}
		return this.decision;
	}

}
