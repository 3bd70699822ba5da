package io.s3s3.internal.http;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * What comes of something while it is not known whether anybody wants it. It is told
 * later, in the order in which it came. Thread-safe.
 */
final class HeldNews {

	/** Guarded by "this", as all below. */
	private final Queue<Runnable> held = new ArrayDeque<>();

	private boolean unknown;

	/** Whether what comes next must wait for what came before. */
	private boolean behind;

	/**
	 * Hold back what comes, from now on.
	 */
	synchronized void hold() {
		this.unknown = true;
	}

	/**
	 * Hold back news if there is a reason to, or if other news is before it.
	 * @param news tells it
	 * @param matters whether it must be known who wants it
	 * @return whether it is held back; else it is to be told now
	 */
	synchronized boolean hold(Runnable news, boolean matters) {
		this.behind |= this.unknown && matters;
		return this.behind && this.held.add(news);
	}

	/**
	 * Tell what is held back, and hold back nothing any more.
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
