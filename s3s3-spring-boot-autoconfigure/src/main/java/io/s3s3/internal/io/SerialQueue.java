package io.s3s3.internal.io;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order in which they came, on the threads of an
 * executor. Submitting a task never waits for another one. When the executor accepts no
 * more tasks, tasks run on the thread that submits them. Thread-safe.
 */
public final class SerialQueue implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(SerialQueue.class);

	private final Executor executor;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** The number of tasks; whoever submits the first has them run. */
	private final AtomicInteger pending = new AtomicInteger();

	/**
	 * Create a queue.
	 * @param executor has the threads
	 */
	public SerialQueue(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.pending.getAndIncrement() == 0) {
			try {
				this.executor.execute(this::runAll);
			}
			catch (RejectedExecutionException ex) {
				runAll();
			}
		}
	}

	private void runAll() {
		int seen = this.pending.get();
		while (seen != 0) {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				run(task);
			}
			seen = this.pending.addAndGet(-seen);
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.warn("A task failed", ex);
		}
	}

}
