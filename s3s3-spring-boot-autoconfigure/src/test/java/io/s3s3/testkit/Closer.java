package io.s3s3.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what a test has opened, the last first: a field of the test, with
 * {@code @AutoClose}.
 */
public final class Closer implements AutoCloseable {

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	/**
	 * Return what was opened, and close it in the end.
	 */
	public <C extends AutoCloseable> C add(C opened) {
		this.opened.push(opened);
		return opened;
	}

	@Override
	public void close() throws Exception {
		while (!this.opened.isEmpty()) {
			this.opened.pop().close();
		}
	}

}
