package io.s3s3.internal.http;

/**
 * How long the credentials of the next request of a thread took: it has so much less time
 * for the rest. Bound to the thread.
 *
 * @since 0.1.0
 */
public final class CredentialsTime {

	private static final ThreadLocal<Long> TAKEN = new ThreadLocal<>();

	private CredentialsTime() {
	}

	/**
	 * Note how long the credentials took.
	 * @param nanos the time in nanoseconds
	 */
	public static void note(long nanos) {
		TAKEN.set(nanos);
	}

	// The next request has all of its time again.
	static long take() {
		Long taken = TAKEN.get();
		if (taken == null) {
			return 0;
		}
		TAKEN.remove();
		return taken;
	}

}
