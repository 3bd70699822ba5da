package io.s3s3.internal.download;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of an answer, of which only the first bytes have been requested. Signals go to
 * whoever opened it until those have arrived, then to the receiver that takes it over and
 * requests the rest. Thread-safe; its state is guarded by "this".
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
	 * Create a body, to be subscribed.
	 * @param opening receives the beginning
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
	 * Pass everything after the first bytes to a receiver.
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
	 * End the body. The SDK may signal the end more than once.
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
	 * Receives the beginning of a body.
	 */
	public interface Opening {

		/**
		 * Called when the first bytes have arrived, or when there are none.
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
	 * Receives everything after the first bytes.
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
