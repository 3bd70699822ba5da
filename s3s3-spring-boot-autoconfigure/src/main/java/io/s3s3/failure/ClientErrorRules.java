package io.s3s3.failure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.stream.XMLStreamException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Judges an error that is not an answer of S3 by the causes behind it. Exceptions of the
 * HTTP clients are known by their names, so that none of the clients is required.
 */
final class ClientErrorRules {

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	/** Apache's names for a wait for a free connection of the pool that took too long. */
	private static final Set<String> POOL_EXHAUSTED = Set.of("ConnectionRequestTimeoutException",
			"ConnectionPoolTimeoutException");

	private static final Set<String> CLOSED_EARLY = Set.of("NoHttpResponseException", "ConnectionClosedException",
			"EOFException");

	private ClientErrorRules() {
	}

	static Failure classify(Throwable error) {
		if (error instanceof Error) {
			return Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (isCancellation(error)) {
			return Failure.ofCaller(FailureKind.CANCELLED, Effect.UNKNOWN);
		}
		if (error instanceof ApiCallAttemptTimeoutException || error instanceof ApiCallTimeoutException) {
			return Failure.ofLocation(FailureKind.TIMEOUT, Effect.UNKNOWN);
		}
		if (causesOf(error).anyMatch(FileSystemException.class::isInstance)) {
			return Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		Failure failure = byCause(error);
		if (causesOf(error).anyMatch(NonRetryableException.class::isInstance)) {
			// The caller's response transformer failed and may have given bytes away.
			return (failure != null && failure.kind() != FailureKind.BROKEN_RESPONSE) ? failure.incurable()
					: Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		return (failure != null) ? failure : byMessage(error);
	}

	private static boolean isCancellation(Throwable error) {
		return causesOf(error)
			.anyMatch((cause) -> cause instanceof AbortedException || cause instanceof InterruptedException
					|| cause instanceof ClosedByInterruptException || cause.getClass() == InterruptedIOException.class);
	}

	// The innermost cause that says something decides.
	private static @Nullable Failure byCause(Throwable error) {
		return causesOf(error).map(ClientErrorRules::judge)
			.filter(Objects::nonNull)
			.reduce((outer, inner) -> inner)
			.orElse(null);
	}

	private static Stream<Throwable> causesOf(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, ClientErrorRules::causeOf).limit(MAX_DEPTH);
	}

	// The parser keeps what broke its stream beside the cause.
	private static @Nullable Throwable causeOf(Throwable error) {
		return (error.getCause() == null && error instanceof XMLStreamException parser) ? parser.getNestedException()
				: error.getCause();
	}

	private static @Nullable Failure judge(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		if (cause instanceof UnknownHostException) {
			return Failure.ofLocation(FailureKind.DNS, Effect.NOT_SENT);
		}
		if (cause instanceof SSLException || cause instanceof CertificateException) {
			return Failure.ofLocation(FailureKind.TLS, happensInHandshake(cause) ? Effect.NOT_SENT : Effect.UNKNOWN);
		}
		if (POOL_EXHAUSTED.contains(name)) {
			return Failure.ofSetup(FailureKind.CONNECTION, Effect.NOT_SENT);
		}
		if (cause instanceof SocketTimeoutException) {
			return Failure.ofLocation(FailureKind.TIMEOUT, happensInConnect(cause) ? Effect.NOT_SENT : Effect.UNKNOWN);
		}
		if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
			return Failure.ofLocation(FailureKind.CONNECTION, Effect.NOT_SENT);
		}
		if (cause instanceof SocketException || CLOSED_EARLY.contains(name)) {
			return Failure.ofLocation(FailureKind.RESET, Effect.UNKNOWN);
		}
		if (cause instanceof IOException || cause instanceof XMLStreamException) {
			return Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);
		}
		return null;
	}

	private static boolean happensInHandshake(Throwable cause) {
		return cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException
				|| cause instanceof CertificateException || messageOf(cause).contains("unrecognized ssl message");
	}

	private static boolean happensInConnect(Throwable cause) {
		return cause.getClass().getSimpleName().equals("ConnectTimeoutException")
				|| messageOf(cause).contains("connect timed out");
	}

	private static Failure byMessage(Throwable error) {
		if (!(error instanceof SdkClientException)) {
			return Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT);
		}
		if (error.getCause() instanceof IllegalArgumentException || error.getCause() instanceof NullPointerException) {
			return Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT);
		}
		String message = messageOf(error);
		if (message.contains("credential")) {
			return Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT);
		}
		if (error instanceof RetryableException || message.contains("checksum") || message.contains("parse")
				|| message.contains("unmarshall")) {
			return Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);
		}
		return Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN);
	}

	private static String messageOf(Throwable error) {
		String message = error.getMessage();
		return (message != null) ? message.toLowerCase(Locale.ROOT) : "";
	}

}
