package io.s3s3.location;

/**
 * Is told how the attempts of calls ended. Thread-safe; an attempt that says nothing of
 * its location, such as one that was cancelled, is not told.
 *
 * @since 0.1.0
 */
public interface AttemptOutcomes {

	/**
	 * Take notice that a location served an attempt, be it with an error that is an
	 * answer.
	 * @param location the location
	 * @param started when the attempt began, see {@link TimeSource#nanoTime()}
	 */
	void succeeded(LocationRole location, long started);

	/**
	 * Take notice that a location failed at an attempt.
	 * @param location the location
	 * @param started when the attempt began, see {@link TimeSource#nanoTime()}
	 * @param cause what went wrong, without secrets
	 */
	void failed(LocationRole location, long started, String cause);

	/**
	 * Take notice that a location asked for fewer requests.
	 * @param location the location
	 * @param started when the attempt began, see {@link TimeSource#nanoTime()}
	 * @param cause what went wrong, without secrets
	 */
	void throttled(LocationRole location, long started, String cause);

}
