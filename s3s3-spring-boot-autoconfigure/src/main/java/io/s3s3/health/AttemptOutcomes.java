package io.s3s3.health;

/**
 * Receives the outcome of each attempt that says something of its location. Thread-safe.
 * <p>
 * Outcomes may be reported late, and in any order. Not to be reported are attempts that
 * were cancelled, and calls that failed alike at each location: their failure speaks of
 * the request.
 *
 * @since 0.1.0
 */
public interface AttemptOutcomes {

	/**
	 * Called when a location served an attempt, be it with an error that is an answer.
	 * @param attempt the attempt
	 */
	void succeeded(Attempt attempt);

	/**
	 * Called when a location failed at an attempt.
	 * @param attempt the attempt
	 * @param cause what went wrong, without secrets
	 */
	void failed(Attempt attempt, String cause);

	/**
	 * Called when a location asked for fewer requests.
	 * @param attempt the attempt
	 * @param cause what went wrong, without secrets
	 */
	void throttled(Attempt attempt, String cause);

}
