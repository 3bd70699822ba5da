package io.s3s3.internal.http;

import java.time.Duration;

import io.s3s3.internal.http.AnswerBudget.Stage;
import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Decides whether a request is given up before its time, since its location has gone out
 * and another one can serve the call: a read at any time, a write as long as nothing of
 * it that takes effect was sent. One that was sent might be carried out late and bury
 * what was written since: it waits as long as any write does, but no longer. What is
 * decided is decided: nothing is sent after that. Thread-safe; guarded by "this".
 */
final class Abandonment {

	private final AttemptScope scope;

	private final boolean read;

	private final boolean hasBody;

	/** How long what was sent waits for its answer, unless its own timeout ends that. */
	private final long patience;

	/** Whether the request, or some of its body, may have been sent. */
	private boolean sent;

	/** When the last of it may have been. */
	private long since;

	private @Nullable SdkClientException decision;

	/**
	 * Create what decides about a request.
	 * @param scope the scope of the attempt
	 * @param method the method of the request
	 * @param hasBody whether it has a body, without which it does nothing
	 * @param patience how long a write that was sent waits for its answer at most
	 */
	Abandonment(AttemptScope scope, SdkHttpMethod method, boolean hasBody, Duration patience) {
		this.scope = scope;
		this.read = method == SdkHttpMethod.GET || method == SdkHttpMethod.HEAD;
		this.hasBody = hasBody;
		this.patience = patience.toNanos();
	}

	/**
	 * Note what the request waits for from now on.
	 * @return why it has been given up, {@code null} if it goes on
	 */
	synchronized @Nullable SdkClientException cameTo(Stage stage) {
		if (!this.hasBody && this.decision == null) {
			// When exactly it is sent cannot be told: from here on it may be.
			this.sent = stage == Stage.CONNECTION;
			this.since = System.nanoTime();
		}
		return this.decision;
	}

	/**
	 * Note that the next bytes of the body are sent now, unless that is in vain.
	 * @return why the request is given up, {@code null} if it goes on
	 */
	synchronized @Nullable SdkClientException send() {
		if (!this.sent && decide(this.scope.isInVain(), false) != null) {
			return this.decision;
		}
		this.sent = true;
		this.since = System.nanoTime();
		return null;
	}

	/**
	 * Decide about a request that is about to connect, so that nothing of it was sent.
	 * @return why it is given up, {@code null} if it goes on
	 */
	synchronized @Nullable SdkClientException connect() {
		return decide(this.scope.isInVain(), false);
	}

	/**
	 * Decide about a request that waits.
	 * @param now the time, by nanoTime
	 * @return why it is given up, {@code null} if it goes on
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
