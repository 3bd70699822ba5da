package io.s3s3.internal.io;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.Assert;

/**
 * Makes the threads that transfer parts and the content of output streams, and runs their
 * tasks in the context of the thread that they work for: its MDC, and what a decorator
 * captures.
 * <p>
 * They are dedicated threads, never those of a pool: a writer waits for a sender, and
 * would wait forever in a pool that is full or that runs tasks on the thread that submits
 * them. Thread-safe if the decorator is.
 */
public final class TransferThreads {

	/**
	 * Before that version, a thread that waits within a monitor, such as the SDK's, pins
	 * its carrier.
	 */
	private static final int VIRTUAL_SINCE = 24;

	private static final TransferThreads DEFAULTS = new TransferThreads(false, (task) -> task);

	private final ThreadFactory threads;

	private final TaskDecorator decorator;

	/**
	 * Create a maker of threads.
	 * @param virtual whether to make virtual threads, which are made from Java 24 on
	 * @param decorator carries further context to a thread
	 */
	public TransferThreads(boolean virtual, TaskDecorator decorator) {
		Assert.notNull(decorator, "decorator is required");
		this.threads = (virtual && Runtime.version().feature() >= VIRTUAL_SINCE)
				? new VirtualThreadTaskExecutor().getVirtualThreadFactory() : Daemons.named("s3s3-transfer");
		this.decorator = decorator;
	}

	/**
	 * Return the default, which makes platform threads that carry the MDC.
	 * @return the default
	 */
	public static TransferThreads defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a factory of threads with the given name.
	 * @param name the name
	 * @return the factory
	 */
	public ThreadFactory named(String name) {
		return (task) -> {
			Thread thread = this.threads.newThread(task);
			thread.setName(name);
			return thread;
		};
	}

	/**
	 * Return a task that runs in the context of this thread.
	 * @param <T> what the task returns
	 * @param task the task
	 * @return the task, which also throws what the decorator throws
	 */
	public <T extends @Nullable Object> Callable<T> inContext(Callable<T> task) {
		FutureTask<T> result = new FutureTask<>(task);
		Runnable decorated = withDiagnosticContext(this.decorator.decorate(result));
		return () -> {
			decorated.run();
			if (!result.isDone()) {
				throw new IllegalStateException("The task decorator did not run the task");
			}
			return resultOf(result);
		};
	}

	private static <T extends @Nullable Object> T resultOf(FutureTask<T> task) throws Exception {
		try {
			return task.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (Exception) ex.getCause();
		}
	}

	/**
	 * Capture the context of this thread, for whoever continues its work later.
	 * @return the context
	 */
	public CapturedContext capture() {
		return CapturedContext.capture((task) -> withDiagnosticContext(this.decorator.decorate(task)));
	}

	private static Runnable withDiagnosticContext(Runnable task) {
		@Nullable Map<String, String> context = MDC.getCopyOfContextMap();
		if (context == null || context.isEmpty()) {
			return task;
		}
		return () -> {
			@Nullable Map<String, String> before = MDC.getCopyOfContextMap();
			MDC.setContextMap(context);
			try {
				task.run();
			}
			finally {
				restore(before);
			}
		};
	}

	private static void restore(@Nullable Map<String, String> context) {
		if (context == null) {
			MDC.clear();
		}
		else {
			MDC.setContextMap(context);
		}
	}

}
