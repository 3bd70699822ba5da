package io.s3s3.failure;

/**
 * Where in the SDK a foreign exception was thrown, by its stack trace. Nothing else
 * tells, since anybody may have built the client: an {@link IllegalArgumentException} may
 * refuse a request as well as an answer. For an exception without a stack trace it is
 * unknown.
 */
enum ThrowSite {

	/**
	 * Where the request was prepared, before anything was sent.
	 */
	REQUEST,

	/**
	 * Where the credentials were obtained or used to sign.
	 */
	CREDENTIALS,

	/**
	 * Where the answer was read.
	 */
	ANSWER,

	/**
	 * An interceptor that was added to the client, before anything was sent.
	 */
	INTERCEPTOR,

	/**
	 * Anywhere else.
	 */
	UNKNOWN;

	private static final String SDK = "software.amazon.awssdk.";

	private static final String HELPERS = SDK + "utils.";

	private static final String INTERCEPTORS = SDK + "core.interceptor.ExecutionInterceptorChain";

	static ThrowSite of(Throwable error) {
		StackTraceElement[] trace = error.getStackTrace();
		if (trace.length == 0) {
			return UNKNOWN;
		}
		String innermost = "";
		boolean exchanging = false;
		for (StackTraceElement frame : trace) {
			String name = frame.getClassName();
			if (!name.startsWith(SDK) || name.startsWith(HELPERS)) {
				continue;
			}
			innermost = innermost.isEmpty() ? name : innermost;
			if (isOfCredentials(name)) {
				return CREDENTIALS;
			}
			if (name.contains(".unmarshall.") || readsAnswer(frame, innermost)) {
				return ANSWER;
			}
			exchanging |= name.startsWith(SDK + "core.internal.http.");
		}
		if (exchanging) {
			return UNKNOWN;
		}
		return innermost.startsWith(INTERCEPTORS) ? INTERCEPTOR : REQUEST;
	}

	private static boolean isOfCredentials(String name) {
		return name.startsWith(SDK + "auth.") || name.startsWith(SDK + "identity.")
				|| name.startsWith(SDK + "core.http.auth.AuthSchemeResolver") || name.endsWith(".SigningStage");
	}

	// The SDK has interceptors of its own that read answers.
	private static boolean readsAnswer(StackTraceElement frame, String innermost) {
		return frame.getMethodName().equals("modifyResponse") && !innermost.startsWith(INTERCEPTORS);
	}

}
