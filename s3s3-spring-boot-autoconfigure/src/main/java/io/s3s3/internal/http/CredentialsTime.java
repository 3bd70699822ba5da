package io.s3s3.internal.http;

/**
 * How long it took to resolve the credentials of a thread's next request, which has that
 * much less time for the rest. Bound to the thread.
 */
public final class CredentialsTime {

	private static final ThreadLocal<Long> TAKEN = new ThreadLocal<>();

	private CredentialsTime() {
	}

	/**
	 * Record how long the credentials took.
	 * @param nanos the time in nanoseconds
	 */
	public static void note(long nanos) {
		TAKEN.set(nanos);
	}

	/**
	 * Return the recorded time in nanoseconds, and forget it: the request after the next
	 * has all of its time.
	 */
	static long take() {
		Long taken = TAKEN.get();
		if (taken == null) {
			return 0;
		}
		TAKEN.remove();
		return taken;
	}

}
