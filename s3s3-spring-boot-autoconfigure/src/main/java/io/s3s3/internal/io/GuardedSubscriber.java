package io.s3s3.internal.io;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * Sends a subscriber one signal at a time, although the end may come from any thread.
 * Nobody waits, and nothing follows the end. Thread-safe as long as bytes arrive one at a
 * time.
 */
public final class GuardedSubscriber {

	private final Subscriber<? super ByteBuffer> subscriber;

	private final Consumer<Throwable> onFailure;

	/** How many signals are pending; not released after the end. */
	private final AtomicInteger telling = new AtomicInteger();

	private final AtomicReference<@Nullable End> end = new AtomicReference<>();

	/**
	 * Create a guard.
	 * @param subscriber the subscriber, which has its subscription
	 * @param onFailure receives what the subscriber throws at its end
	 */
	public GuardedSubscriber(Subscriber<? super ByteBuffer> subscriber, Consumer<Throwable> onFailure) {
		this.subscriber = subscriber;
		this.onFailure = onFailure;
	}

	/**
	 * Return whether the end has come.
	 * @return whether nothing follows
	 */
	public boolean hasEnded() {
		return this.end.get() != null;
	}

	/**
	 * Pass on bytes, unless the end has come.
	 * @param bytes the bytes
	 * @return what the subscriber threw, or {@code null}
	 */
	public @Nullable Throwable next(ByteBuffer bytes) {
		if (!this.telling.compareAndSet(0, 1)) {
			return null;
		}
		Throwable thrown = null;
		if (!hasEnded()) {
			try {
				this.subscriber.onNext(bytes);
			}
			catch (Throwable ex) {
				thrown = ex;
			}
		}
		if (!this.telling.compareAndSet(1, 0)) {
			tellEnd();
		}
		return thrown;
	}

	/**
	 * End, unless it has.
	 * @param error why, or {@code null} if all bytes were passed on
	 */
	public void end(@Nullable Throwable error) {
		if (this.end.compareAndSet(null, new End(error)) && this.telling.getAndIncrement() == 0) {
			tellEnd();
		}
	}

	private void tellEnd() {
		End end = this.end.get();
		try {
			if (end != null && end.error() != null) {
				this.subscriber.onError(end.error());
			}
			else {
				this.subscriber.onComplete();
			}
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	/**
	 * The end.
	 *
	 * @param error why, or {@code null} if all bytes were passed on
	 */
	private record End(@Nullable Throwable error) {

	}

}
