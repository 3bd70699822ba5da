package io.s3s3.internal.upload;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reports the progress of a body on its way to a subscriber, and whether it broke.
 */
final class MonitoringSubscriber implements Subscriber<ByteBuffer> {

	private final Subscriber<? super ByteBuffer> delegate;

	private final long length;

	private final @Nullable ByteProgress progress;

	private final Consumer<Throwable> onFailure;

	/** Signals arrive one at a time. */
	private long position;

	/**
	 * Create a subscriber.
	 * @param delegate receives the bytes
	 * @param length how many there are, or -1 if that is not known
	 * @param progress receives the progress, or {@code null}
	 * @param onFailure receives what broke the body, or that it ended too early
	 */
	MonitoringSubscriber(Subscriber<? super ByteBuffer> delegate, long length, @Nullable ByteProgress progress,
			Consumer<Throwable> onFailure) {
		this.delegate = delegate;
		this.length = length;
		this.progress = progress;
		this.onFailure = onFailure;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.delegate.onSubscribe(subscription);
	}

	@Override
	public void onNext(ByteBuffer bytes) {
		this.position += bytes.remaining();
		this.delegate.onNext(bytes);
		if (this.progress != null) {
			this.progress.moved(this.position, this.length);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (!(error instanceof UnrecordedException)) {
			this.onFailure.accept(error);
		}
		this.delegate.onError(error);
	}

	@Override
	public void onComplete() {
		if (this.position < this.length) {
			this.onFailure
				.accept(new EOFException("The body ended after %d of %d bytes".formatted(this.position, this.length)));
		}
		if (this.progress != null && this.length < 0) {
			this.progress.moved(this.position, this.position);
		}
		this.delegate.onComplete();
	}

}
