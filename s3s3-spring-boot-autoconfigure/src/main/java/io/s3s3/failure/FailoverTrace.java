package io.s3s3.failure;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Tells which locations a failed call tried, in what order, for how long, and what each
 * attempt may have done. It is never thrown, but attached as a
 * {@linkplain Throwable#getSuppressed() suppressed} exception to the one that the caller
 * catches, next to the errors of the earlier attempts. Immutable.
 *
 * @since 0.1.0
 */
public final class FailoverTrace extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	private final transient List<FailedAttempt> attempts;

	/**
	 * Create a trace.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param attempts the failed attempts, in order
	 * @param limit why no other location was tried, or {@code null} if none was left
	 * @param remarks further remarks, each a sentence without a full stop
	 */
	public FailoverTrace(String operation, List<FailedAttempt> attempts, @Nullable String limit, List<String> remarks) {
		super(describe(operation, attempts, limit, remarks), null, false, false);
		this.attempts = List.copyOf(attempts);
	}

	/**
	 * Find the trace of a call that failed, or of a download that could not continue.
	 * @param error what the call or the stream threw
	 * @return the trace, or empty if the first error was the caller's own
	 */
	public static Optional<FailoverTrace> of(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
			.limit(MAX_DEPTH)
			.flatMap((cause) -> Stream.of(cause.getSuppressed()))
			.filter(FailoverTrace.class::isInstance)
			.map(FailoverTrace.class::cast)
			.findFirst();
	}

	/**
	 * Return the failed attempts.
	 * @return the attempts, in order
	 */
	public List<FailedAttempt> attempts() {
		return this.attempts;
	}

	private static String describe(String operation, List<FailedAttempt> attempts, @Nullable String limit,
			List<String> remarks) {
		String text = attempts.stream()
			.map(FailedAttempt::toString)
			.collect(Collectors.joining("; ", operation + " tried ", ""));
		String limited = (limit != null) ? text + "; no other location was tried: " + limit : text;
		return Stream.concat(Stream.of(limited), remarks.stream()).collect(Collectors.joining("; "));
	}

}
