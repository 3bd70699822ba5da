package io.s3s3.failure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.stream.XMLStreamException;

import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Judges an error that is not an answer of S3 by its causes. Exceptions of the HTTP
 * clients are recognized by name, so that none of the clients is required.
 */
abstract class ClientErrorRules {

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	/** Apache's exceptions for waiting too long for a free connection of the pool. */
	private static final Set<String> POOL_EXHAUSTED = Set.of("ConnectionRequestTimeoutException",
			"ConnectionPoolTimeoutException", "DeadlineTimeoutException");

	private static final Set<String> CLOSED_EARLY = Set.of("NoHttpResponseException", "ConnectionClosedException",
			"EOFException");

	private static final Failure REFUSED_REQUEST = Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT);

	private static final Failure BROKEN_ANSWER = Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);

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
		Failure failure = byCause(error);
		if (speaksOfCredentials(error) && (failure == null || failure == BROKEN_ANSWER)) {
			return Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT);
		}
		if (causesOf(error).anyMatch(FileSystemException.class::isInstance)) {
			return Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (causesOf(error).anyMatch(NonRetryableException.class::isInstance)) {
			// The caller's response transformer failed and may have passed on bytes
			// already.
			return (failure != null && failure.kind() != FailureKind.BROKEN_RESPONSE) ? failure.incurable()
					: Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (failure != null) {
			return failure;
		}
		return (error instanceof SdkException) ? byMessage(error) : bySite(error);
	}

	private static boolean isCancellation(Throwable error) {
		return causesOf(error)
			.anyMatch((cause) -> cause instanceof AbortedException || cause instanceof InterruptedException
					|| cause instanceof ClosedByInterruptException || cause.getClass() == InterruptedIOException.class);
	}

	// The innermost cause that is recognized decides.
	private static @Nullable Failure byCause(Throwable error) {
		return causesOf(error).map(ClientErrorRules::judgeAny)
			.filter(Objects::nonNull)
			.reduce((outer, inner) -> inner)
			.orElse(null);
	}

	private static @Nullable Failure judgeAny(Throwable cause) {
		Failure failure = NettyErrorRules.judge(cause);
		return (failure != null) ? failure : judge(cause);
	}

	private static Stream<Throwable> causesOf(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, ClientErrorRules::causeOf).limit(MAX_DEPTH);
	}

	// The XML parser does not keep what broke its stream as the cause.
	private static @Nullable Throwable causeOf(Throwable error) {
		return (error.getCause() == null && error instanceof XMLStreamException parser) ? parser.getNestedException()
				: error.getCause();
	}

	private static @Nullable Failure judge(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		if (cause instanceof AbandonedException abandoned) {
			return Failure.ofSetup(FailureKind.ABANDONED, abandoned.wasSent() ? Effect.UNKNOWN : Effect.NOT_SENT);
		}
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
		if (cause instanceof SocketException || cause instanceof ClosedChannelException
				|| CLOSED_EARLY.contains(name)) {
			return Failure.ofLocation(FailureKind.RESET, Effect.UNKNOWN);
		}
		if (cause instanceof IOException || cause instanceof XMLStreamException) {
			return BROKEN_ANSWER;
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
		String message = messageOf(error);
		if (message.startsWith("unable to marshall")) {
			return REFUSED_REQUEST;
		}
		if (error instanceof RetryableException || message.contains("checksum") || message.contains("parse")
				|| message.contains("unmarshall")) {
			return BROKEN_ANSWER;
		}
		Throwable root = causesOf(error).reduce(error, (outer, inner) -> inner);
		return (root instanceof SdkException) ? Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN) : bySite(root);
	}

	// An unknown error is blamed on the location. It is blamed on the request only if
	// that was refused before anything was sent.
	private static Failure bySite(Throwable error) {
		if (error instanceof NumberFormatException || error instanceof DateTimeException) {
			return BROKEN_ANSWER;
		}
		ThrowSite site = ThrowSite.of(error);
		return switch (site) {
			case REQUEST -> (error instanceof IllegalArgumentException || error instanceof NullPointerException)
					? REFUSED_REQUEST : unknown(error, Effect.UNKNOWN);
			case CREDENTIALS -> Failure.ofLocation(FailureKind.CREDENTIALS, Effect.UNKNOWN);
			case ANSWER -> BROKEN_ANSWER;
			case INTERCEPTOR -> unknown(error, Effect.NOT_SENT);
			case UNKNOWN -> unknown(error, Effect.UNKNOWN);
		};
	}

	// A client that was closed has no connections.
	private static Failure unknown(Throwable error, Effect effect) {
		String message = messageOf(error);
		boolean closed = error instanceof RejectedExecutionException || (error instanceof IllegalStateException
				&& (message.contains("shut down") || message.contains("closed")));
		return Failure.ofLocation(closed ? FailureKind.CONNECTION : FailureKind.UNEXPECTED, effect);
	}

	private static boolean speaksOfCredentials(Throwable error) {
		return causesOf(error).filter(SdkClientException.class::isInstance)
			.anyMatch((cause) -> messageOf(cause).contains("credential"));
	}

	private static String messageOf(Throwable error) {
		String message = error.getMessage();
		return (message != null) ? message.toLowerCase(Locale.ROOT) : "";
	}

}
