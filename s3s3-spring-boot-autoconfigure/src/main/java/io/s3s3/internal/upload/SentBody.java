package io.s3s3.internal.upload;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The body that a call sends, once per attempt.
 */
public interface SentBody {

	/**
	 * Return why it cannot be sent again.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String notReplayableReason();

	/**
	 * Return the error of the caller's own stream or publisher, or of what keeps its
	 * bytes.
	 * @return the error, or {@code null} if there is none
	 */
	@Nullable Throwable callerFailure();

	/**
	 * Send another body from the next attempt on. It must have the length of the first
	 * one, as far as both are known.
	 * @param replacement the other body
	 * @throws IllegalArgumentException if it has another length
	 */
	void replaceWith(RequestBody replacement);

}
