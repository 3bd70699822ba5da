package io.s3s3.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The attempts of one call that failed, with their errors, in the order in which they
 * were made. Not thread-safe.
 */
final class FailedAttempts {

	private final boolean seeking;

	private final CallTrace trace;

	/** Created with the first failure, like the errors. */
	private List<FailedAttempt> attempts = List.of();

	private List<Throwable> errors = List.of();

	/**
	 * Create the attempts of a call.
	 * @param seeking whether only one location knows what the call is about, but not
	 * known which one
	 * @param trace the trace of the call
	 */
	FailedAttempts(boolean seeking, CallTrace trace) {
		this.seeking = seeking;
		this.trace = trace;
	}

	void add(FailedAttempt attempt, Throwable error) {
		if (this.attempts.isEmpty()) {
			this.attempts = new ArrayList<>(2);
			this.errors = new ArrayList<>(2);
		}
		this.attempts.add(attempt);
		this.errors.add(error);
		this.trace.add(attempt);
	}

	FailedAttempt last() {
		return this.attempts.get(this.attempts.size() - 1);
	}

	Throwable lastError() {
		return this.errors.get(this.errors.size() - 1);
	}

	/**
	 * Return the attempt whose error the call ends with: the last one, unless that got no
	 * answer of S3 and an earlier one did. An answer of S3 tells the caller more than
	 * that another location could not be reached. However, a location that does not know
	 * what is sought settles nothing if the other one could not be asked. A refusal of a
	 * stale answer takes precedence over all others.
	 */
	FailedAttempt decisive() {
		return this.attempts.get(decisiveIndex());
	}

	Throwable decisiveError() {
		return this.errors.get(decisiveIndex());
	}

	private int decisiveIndex() {
		int last = this.attempts.size() - 1;
		if (!last().failure().canFailOver()) {
			return last;
		}
		int refusal = lastOf((index) -> this.attempts.get(index).failure().kind() == FailureKind.STALE);
		int answer = (refusal < 0) ? lastOf(this::isAnswer) : refusal;
		int other = (answer < 0) ? lastOf((index) -> !isDisclaimer(index)) : answer;
		return (other < 0) ? last : other;
	}

	private int lastOf(IntPredicate condition) {
		int index = this.attempts.size() - 1;
		while (index >= 0 && !condition.test(index)) {
			index--;
		}
		return index;
	}

	private boolean isAnswer(int index) {
		return this.errors.get(index) instanceof SdkServiceException
				&& this.attempts.get(index).failure().kind() != FailureKind.BROKEN_RESPONSE && !isDisclaimer(index);
	}

	private boolean isDisclaimer(int index) {
		return this.seeking && Disclaimer.is(this.attempts.get(index).failure());
	}

	/**
	 * Return whether an attempt may have taken effect.
	 */
	boolean mayHaveTakenEffect() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.failure().effect() == Effect.UNKNOWN);
	}

	/**
	 * Attach the trace of all attempts to the decisive error. A single attempt that had
	 * no effect, and that no other location could have helped, needs no trace.
	 */
	void trace(String operation, @Nullable String limit) {
		boolean curable = last().failure().canFailOver();
		if (this.attempts.size() > 1 || curable || mayHaveTakenEffect()) {
			Throwable decisive = decisiveError();
			this.errors.stream().filter((other) -> other != decisive).distinct().forEach(decisive::addSuppressed);
			decisive.addSuppressed(this.trace.soFar(operation, curable ? limit : null));
		}
	}

}
