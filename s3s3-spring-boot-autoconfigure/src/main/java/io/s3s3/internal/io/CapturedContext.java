package io.s3s3.internal.io;

import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The context of the thread that made a call, in which other threads continue it: its
 * MDC, and what a task decorator captures. Thread-safe if the decorator is.
 */
public final class CapturedContext {

	/** The task to run in a context, from the time it is entered. */
	private static final ThreadLocal<@Nullable Runnable> TASK = new ThreadLocal<>();

	private static final Runnable RUN_TASK = () -> Objects.requireNonNull(TASK.get()).run();

	private static final CapturedContext NONE = new CapturedContext(RUN_TASK);

	private final Runnable decorated;

	private CapturedContext(Runnable decorated) {
		this.decorated = decorated;
	}

	/**
	 * Capture the context of this thread.
	 * @param decorator applies it to a task, each time that the task runs
	 */
	static CapturedContext capture(UnaryOperator<Runnable> decorator) {
		Runnable decorated = decorator.apply(RUN_TASK);
		return (decorated == RUN_TASK) ? NONE : new CapturedContext(decorated);
	}

	/**
	 * Run a task in the context.
	 * @param task the task
	 */
	public void run(Runnable task) {
		Runnable before = TASK.get();
		TASK.set(task);
		try {
			this.decorated.run();
		}
		finally {
			if (before == null) {
				TASK.remove();
			}
			else {
				TASK.set(before);
			}
		}
	}

}
