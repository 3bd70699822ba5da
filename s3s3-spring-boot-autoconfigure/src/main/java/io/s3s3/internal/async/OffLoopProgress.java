package io.s3s3.internal.async;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.CapturedContext;
import io.s3s3.internal.io.SerialQueue;

/**
 * Passes on progress in the context of a call and on threads that may block, since
 * listeners may. Progress that arrives while they are busy is merged. Thread-safe.
 */
final class OffLoopProgress implements ByteProgress {

	private final ByteProgress delegate;

	private final CapturedContext context;

	private final SerialQueue queue;

	/** Progress that has not been passed on. */
	private final AtomicReference<Progress> latest = new AtomicReference<>(Progress.NONE);

	OffLoopProgress(ByteProgress delegate, Executor threads, CapturedContext context) {
		this.delegate = delegate;
		this.context = context;
		this.queue = new SerialQueue(threads);
	}

	@Override
	public void moved(long bytes, long total) {
		if (this.latest.getAndSet(new Progress(bytes, total)) == Progress.NONE) {
			this.queue.execute(() -> this.context.run(this::passOn));
		}
	}

	private void passOn() {
		Progress progress = this.latest.getAndSet(Progress.NONE);
		this.delegate.moved(progress.bytes(), progress.total());
	}

	/**
	 * How far a body has come.
	 */
	private record Progress(long bytes, long total) {

		static final Progress NONE = new Progress(-1, -1);

	}

}
