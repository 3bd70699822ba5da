package io.s3s3.internal.consistency;

/**
 * How many keys a location is asked for at once: one as long as nothing arrives, and the
 * more, the more does, so that a replication that is far behind is asked little. Not
 * thread-safe.
 */
final class AskingPace {

	private static final int MOST = 50;

	private int next = 1;

	/**
	 * Return how many keys to ask for, 1 to 50.
	 */
	int next() {
		return this.next;
	}

	/**
	 * Learn what came of it.
	 * @param asked how many keys the location was asked for
	 * @param left how many of them it does not have yet
	 */
	void asked(int asked, int left) {
		this.next = (2 * left <= asked) ? Math.min(MOST, 2 * this.next) : Math.max(1, this.next / 2);
	}

}
