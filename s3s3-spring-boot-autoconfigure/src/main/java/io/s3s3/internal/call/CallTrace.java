package io.s3s3.internal.call;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import org.jspecify.annotations.Nullable;

/**
 * The failed attempts of a call and its parts, in the order in which they failed.
 * Thread-safe; guarded by "this".
 */
public final class CallTrace {

	/** Replaced with each addition, since most calls have none. */
	private List<FailedAttempt> attempts = List.of();

	private List<String> remarks = List.of();

	synchronized void add(FailedAttempt attempt) {
		this.attempts = with(this.attempts, attempt);
	}

	/**
	 * Add a remark that belongs to no single attempt.
	 * @param remark a sentence without a full stop
	 */
	synchronized void remark(String remark) {
		this.remarks = with(this.remarks, remark);
	}

	/**
	 * Return the attempts that have failed so far.
	 * @return the attempts, in the order in which they failed
	 */
	public synchronized List<FailedAttempt> attempts() {
		return this.attempts;
	}

	/**
	 * Return the trace as it is now.
	 * @param operation the name of the operation
	 * @param limit why no other location was tried, or {@code null} if none was left
	 */
	synchronized FailoverTrace soFar(String operation, @Nullable String limit) {
		return new FailoverTrace(operation, this.attempts, limit, this.remarks);
	}

	private static <T> List<T> with(List<T> list, T added) {
		List<T> longer = new ArrayList<>(list);
		longer.add(added);
		return longer;
	}

}
