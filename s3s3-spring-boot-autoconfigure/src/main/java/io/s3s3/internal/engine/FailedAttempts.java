package io.s3s3.internal.engine;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call that failed, with their errors, in the order in which they
 * were made. Not thread-safe.
 */
final class FailedAttempts {

	private final List<FailedAttempt> attempts = new ArrayList<>(0);

	private final List<Throwable> errors = new ArrayList<>(0);

	private final List<String> remarks = new ArrayList<>(0);

	void add(FailedAttempt attempt, Throwable error) {
		this.attempts.add(attempt);
		this.errors.add(error);
	}

	// Add to the trace what no attempt tells by itself.
	void remark(String remark) {
		this.remarks.add(remark);
	}

	FailedAttempt last() {
		return this.attempts.get(this.attempts.size() - 1);
	}

	Throwable lastError() {
		return this.errors.get(this.errors.size() - 1);
	}

	// The last error as one that can be thrown.
	Exception lastException() {
		if (lastError() instanceof Error error) {
			throw error;
		}
		return (Exception) lastError();
	}

	// Hang on the last error what is known of all attempts. A single one that no other
	// location could have helped needs no explanation.
	void trace(String operation, @Nullable String limit) {
		boolean curable = last().failure().curableElsewhere();
		if (this.attempts.size() > 1 || curable) {
			Throwable error = lastError();
			this.errors.stream().filter((earlier) -> earlier != error).forEach(error::addSuppressed);
			error.addSuppressed(new FailoverTrace(operation, this.attempts, curable ? limit : null, this.remarks));
		}
	}

}
