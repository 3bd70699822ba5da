package io.s3s3.failure;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Judges the causes that only the asynchronous HTTP client of the SDK has. Exceptions of
 * Netty are recognized by name, so that it is not required; those of the SDK are plain
 * exceptions, recognized by their messages.
 */
abstract class NettyErrorRules {

	private static final Set<String> STALLED = Set.of("ReadTimeoutException", "WriteTimeoutException");

	/** No connection was free, or too many waited for one. */
	private static final Pattern POOL_EXHAUSTED = Pattern
		.compile("acquire operation took longer.*|too many outstanding acquire operations.*", Pattern.DOTALL);

	/** A connection was closed before the answer was whole. */
	private static final Pattern CLOSED_EARLY = Pattern.compile(
			"the connection was closed during the request.*|response had content-length of .* before the connection was"
					+ " closed.*|.*connection reset by peer.*|.*broken pipe.*",
			Pattern.DOTALL);

	/**
	 * Judge a cause.
	 * @param cause the cause
	 * @return what it means, or {@code null} if it is not one of Netty's
	 */
	static @Nullable Failure judge(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		if (name.equals("ConnectTimeoutException")) {
			return Failure.ofLocation(FailureKind.TIMEOUT, Effect.NOT_SENT);
		}
		if (STALLED.contains(name) || says(cause, IOException.class, "no data was written to the request body")) {
			return Failure.ofLocation(FailureKind.TIMEOUT, Effect.UNKNOWN);
		}
		if ((cause instanceof TimeoutException || cause instanceof IllegalStateException)
				&& POOL_EXHAUSTED.matcher(messageOf(cause)).matches()) {
			return Failure.ofSetup(FailureKind.CONNECTION, Effect.NOT_SENT);
		}
		if (says(cause, SSLException.class, "not an ssl/tls record")) {
			return Failure.ofLocation(FailureKind.TLS, Effect.NOT_SENT);
		}
		return (cause.getClass() == IOException.class && CLOSED_EARLY.matcher(messageOf(cause)).matches())
				? Failure.ofLocation(FailureKind.RESET, Effect.UNKNOWN) : null;
	}

	private static boolean says(Throwable cause, Class<? extends Throwable> type, String beginning) {
		return type.isInstance(cause) && messageOf(cause).startsWith(beginning);
	}

	private static String messageOf(Throwable error) {
		String message = error.getMessage();
		return (message != null) ? message.toLowerCase(Locale.ROOT) : "";
	}

}
