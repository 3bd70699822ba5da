package io.s3s3.internal.download;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of an answer, subscribed to, of which the first bytes have been asked for.
 * What it brings goes to whoever opened it until those have come, then to who takes it
 * over, who asks for the rest. Thread-safe; what of it is kept is guarded by "this".
 */
public final class OpenBody implements Subscriber<ByteBuffer> {

	private final Opening opening;

	private @Nullable Subscription subscription;

	private @Nullable ByteBuffer first;

	private @Nullable Receiver receiver;

	private boolean begun;

	private boolean ended;

	private @Nullable Throwable failure;

	/**
	 * Create a body that is to be subscribed.
	 * @param opening receives how it begins
	 */
	public OpenBody(Opening opening) {
		this.opening = opening;
	}

	/**
	 * Return the first bytes, and forget them.
	 * @return the bytes, or {@code null} if there are none
	 */
	synchronized @Nullable ByteBuffer takeFirst() {
		ByteBuffer first = this.first;
		this.first = null;
		return first;
	}

	/**
	 * Return the first bytes.
	 * @return the bytes, or {@code null} if there are none
	 */
	public synchronized @Nullable ByteBuffer first() {
		return this.first;
	}

	/**
	 * Hand what follows the first bytes to a receiver.
	 * @param receiver the receiver
	 */
	void takeOver(Receiver receiver) {
		boolean over;
		synchronized (this) {
			this.receiver = receiver;
			over = this.ended;
		}
		if (over) {
			receiver.onEnd(this, this.failure);
		}
	}

	void request(long count) {
		Objects.requireNonNull(this.subscription).request(count);
	}

	/**
	 * Stop the answer, and free its connection.
	 */
	public void cancel() {
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		synchronized (this) {
			this.subscription = subscription;
		}
		subscription.request(1);
	}

	@Override
	public void onNext(ByteBuffer bytes) {
		Receiver receiver;
		synchronized (this) {
			receiver = this.receiver;
			if (receiver == null) {
				this.first = bytes;
				this.begun = true;
			}
		}
		if (receiver != null) {
			receiver.onBytes(this, bytes);
		}
		else {
			this.opening.begun(this);
		}
	}

	@Override
	public void onError(Throwable error) {
		end(error);
	}

	@Override
	public void onComplete() {
		end(null);
	}

	/**
	 * Take the end, of which the SDK may tell more than once.
	 * @param error what broke it, or {@code null}
	 */
	public void end(@Nullable Throwable error) {
		Receiver receiver;
		boolean begun;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			this.failure = error;
			receiver = this.receiver;
			begun = this.begun;
			this.begun = true;
		}
		if (receiver != null) {
			receiver.onEnd(this, error);
		}
		else if (!begun && error != null) {
			this.opening.broken(error);
		}
		else if (!begun) {
			this.opening.begun(this);
		}
	}

	/**
	 * Receives how a body begins.
	 */
	public interface Opening {

		/**
		 * Called when the first bytes are there, or when there are none.
		 * @param body the body
		 */
		void begun(OpenBody body);

		/**
		 * Called when the body has broken before its first byte.
		 * @param error what broke it
		 */
		void broken(Throwable error);

	}

	/**
	 * Receives what follows the first bytes.
	 */
	interface Receiver {

		void onBytes(OpenBody body, ByteBuffer bytes);

		/**
		 * Called when there is no more.
		 * @param error what broke the body, or {@code null}
		 */
		void onEnd(OpenBody body, @Nullable Throwable error);

	}

}
