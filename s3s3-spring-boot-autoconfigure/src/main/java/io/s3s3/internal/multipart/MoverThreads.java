package io.s3s3.internal.multipart;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.s3s3.internal.io.Daemons;
import io.s3s3.transfer.TransferSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that move uploads, and one that checks them periodically while any are
 * open. They start when they are needed, and end when they are idle. Thread-safe.
 */
final class MoverThreads implements Executor, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MoverThreads.class);

	private static final int MAX_THREADS = 16;

	private static final long IDLE_MILLIS = 1_000;

	private static final long LOOKS_EVERY_MILLIS = 500;

	private final ThreadPoolExecutor movers;

	private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1,
			Daemons.named("s3s3-upload-watch"));

	private final BooleanSupplier look;

	private final AtomicBoolean watching = new AtomicBoolean();

	/**
	 * Create the threads.
	 * @param look checks the uploads, and returns whether any are open
	 */
	MoverThreads(TransferSettings settings, BooleanSupplier look) {
		this.movers = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), settings.threads().named("s3s3-upload-mover"));
		this.movers.allowCoreThreadTimeOut(true);
		this.look = look;
		this.watch.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
		this.watch.allowCoreThreadTimeOut(true);
		this.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public void execute(Runnable task) {
		this.movers.execute(task);
	}

	/**
	 * Start to check the uploads periodically, unless that has been done.
	 */
	void watch() {
		if (this.watching.compareAndSet(false, true)) {
			schedule();
		}
	}

	private void schedule() {
		try {
			this.watch.schedule(this::lookOnce, LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed: uploads are no longer checked");
		}
	}

	private void lookOnce() {
		this.watching.set(false);
		boolean open = true;
		try {
			open = this.look.getAsBoolean();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Uploads could not be checked", ex);
		}
		if (open) {
			watch();
		}
	}

	@Override
	public void close() {
		this.watch.shutdownNow();
		// Moves in progress end on their own: somebody may wait for them.
		this.movers.shutdown();
	}

}
