package io.s3s3.internal.http;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * News that is held back while it is unknown whether anybody wants it. It is delivered
 * later, in the order of its arrival. Thread-safe.
 */
final class HeldNews {

	/** Guarded by "this", like all below. */
	private final Queue<Runnable> held = new ArrayDeque<>();

	private boolean unknown;

	/** Whether later news must wait for earlier news. */
	private boolean behind;

	/**
	 * Hold back news from now on.
	 */
	synchronized void hold() {
		this.unknown = true;
	}

	/**
	 * Hold back news if there is a reason to, or if earlier news is held back.
	 * @param news delivers it
	 * @param matters whether it must first be known who wants it
	 * @return whether it is held back; otherwise it is to be delivered now
	 */
	synchronized boolean hold(Runnable news, boolean matters) {
		this.behind |= this.unknown && matters;
		return this.behind && this.held.add(news);
	}

	/**
	 * Deliver what is held back, and hold back nothing from now on.
	 */
	void release() {
		if (end()) {
			for (Runnable news = next(); news != null; news = next()) {
				news.run();
			}
		}
	}

	private synchronized boolean end() {
		boolean ends = this.unknown;
		this.unknown = false;
		return ends;
	}

	private synchronized @Nullable Runnable next() {
		Runnable news = this.held.poll();
		this.behind = news != null;
		return news;
	}

}
