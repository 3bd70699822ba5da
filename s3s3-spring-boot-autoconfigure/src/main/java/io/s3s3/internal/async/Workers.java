package io.s3s3.internal.async;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.io.Daemons;

/**
 * The threads of an asynchronous client: workers that may block, as event loops must not,
 * and a timer. They start when they are needed, and end when they are idle. Thread-safe.
 */
final class Workers implements Executor, AutoCloseable {

	static final String NAME = "s3s3-async";

	private static final int MAX_THREADS = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

	private static final Duration IDLE = Duration.ofSeconds(5);

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE.toMillis(),
			TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Daemons.named(NAME));

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
			Daemons.named(NAME + "-timer"));

	Workers() {
		this.threads.allowCoreThreadTimeOut(true);
		this.timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	/**
	 * Run a task on a thread that may block: this one, if it may.
	 */
	void offLoop(Runnable task) {
		if (!EventLoops.isCurrent()) {
			task.run();
			return;
		}
		try {
			execute(task);
		}
		catch (RejectedExecutionException ex) {
			// Closed, but whoever waits for the task must still be notified.
			task.run();
		}
	}

	/**
	 * Run a task later, on a thread that may block.
	 * @param task the task
	 * @param delay the delay in nanoseconds
	 * @throws RejectedExecutionException if the workers are closed
	 */
	Future<?> schedule(Runnable task, long delay) {
		return this.timer.schedule(() -> execute(task), delay, TimeUnit.NANOSECONDS);
	}

	/**
	 * Return the timer, for tasks that do not block.
	 */
	ScheduledExecutorService timer() {
		return this.timer;
	}

	/**
	 * Accept no more tasks. Those that were accepted still run, except the delayed ones.
	 */
	@Override
	public void close() {
		this.timer.shutdown();
		this.threads.shutdown();
	}

}
