package io.s3s3.internal.io;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Marks an attempt that was given up early, because another location can serve the call.
 * Not an {@link java.io.IOException}: whatever its retry strategy, a client of the SDK
 * must not send the request again.
 */
public final class AbandonedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	private final boolean sent;

	private AbandonedException(String message, boolean sent) {
		super(message);
		this.sent = sent;
	}

	/**
	 * Create an exception as a client of the SDK throws it.
	 * @param message why the attempt was given up
	 * @param sent whether the request may have reached the location
	 * @return the exception
	 */
	public static SdkClientException create(String message, boolean sent) {
		return SdkClientException.create(message, new AbandonedException(message, sent));
	}

	/**
	 * Return whether an error means that an attempt was given up early.
	 * @param error the error
	 * @return whether it does
	 */
	public static boolean isBehind(Throwable error) {
		@Nullable Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof AbandonedException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * Return whether the request may have reached the location.
	 * @return whether any of it may have been sent
	 */
	public boolean wasSent() {
		return this.sent;
	}

}
