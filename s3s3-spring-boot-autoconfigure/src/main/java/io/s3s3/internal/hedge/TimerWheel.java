package io.s3s3.internal.hedge;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

import io.s3s3.internal.io.Daemons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short tasks after a delay, at most a few milliseconds late: a hashed wheel, since
 * most tasks are cancelled. Adding and cancelling take no lock; the thread sleeps while
 * there are no tasks. Thread-safe.
 */
final class TimerWheel implements AutoCloseable {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(4);

	/** A power of two. */
	private static final int SLOTS = 512;

	private static final Logger logger = LoggerFactory.getLogger(TimerWheel.class);

	private final AtomicReferenceArray<Queue<Entry>> slots = new AtomicReferenceArray<>(SLOTS);

	private final AtomicInteger entries = new AtomicInteger();

	private final long origin = System.nanoTime();

	/** Started with the first task. Writes guarded by "this". */
	private volatile @Nullable Thread thread;

	private volatile boolean closed;

	TimerWheel() {
		for (int i = 0; i < SLOTS; i++) {
			this.slots.set(i, new ConcurrentLinkedQueue<>());
		}
	}

	/**
	 * Run a task after a delay, unless it is cancelled or the wheel is closed first.
	 * @param task the task, which must not block
	 * @param delay the delay in nanoseconds, more than zero
	 * @return the entry, to cancel it
	 */
	Entry schedule(Runnable task, long delay) {
		long due = tickAt(System.nanoTime() + delay) + 1;
		Entry entry = new Entry(task, due);
		// The calls of a closed client continue.
		if (!this.closed) {
			slot(due).add(entry);
			if (this.entries.getAndIncrement() == 0 || this.thread == null) {
				wake();
			}
		}
		return entry;
	}

	/**
	 * Return the number of tasks, including cancelled ones.
	 */
	int size() {
		return this.entries.get();
	}

	private void wake() {
		Thread thread = this.thread;
		LockSupport.unpark((thread != null) ? thread : start());
	}

	private synchronized @Nullable Thread start() {
		if (this.thread == null && !this.closed) {
			Thread started = Daemons.named("s3s3-hedge-timer").newThread(this::turn);
			started.start();
			this.thread = started;
		}
		return this.thread;
	}

	private void turn() {
		long tick = tickAt(System.nanoTime());
		while (!this.closed) {
			if (this.entries.get() == 0) {
				LockSupport.park(this);
				tick = tickAt(System.nanoTime());
			}
			else {
				LockSupport.parkNanos(this, TICK);
			}
			long now = tickAt(System.nanoTime());
			for (tick = Math.max(tick, now - SLOTS + 1); tick <= now; tick++) {
				expire(slot(tick), now);
			}
		}
	}

	private void expire(Queue<Entry> slot, long now) {
		for (Iterator<Entry> left = slot.iterator(); left.hasNext();) {
			Entry entry = left.next();
			if (entry.due <= now) {
				left.remove();
				this.entries.decrementAndGet();
				entry.run();
			}
		}
	}

	private long tickAt(long time) {
		return (time - this.origin) / TICK;
	}

	private Queue<Entry> slot(long tick) {
		return this.slots.get((int) (tick & (SLOTS - 1)));
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

	/**
	 * A scheduled task.
	 */
	static final class Entry {

		private final long due;

		private volatile @Nullable Runnable task;

		Entry(Runnable task, long due) {
			this.task = task;
			this.due = due;
		}

		private void run() {
			Runnable task = this.task;
			if (task == null) {
				return;
			}
			try {
				task.run();
			}
			catch (Throwable ex) {
				logger.debug("A task of the timer failed", ex);
			}
		}

		/**
		 * Cancel the task and release what it references.
		 */
		void cancel() {
			this.task = null;
		}

	}

}
