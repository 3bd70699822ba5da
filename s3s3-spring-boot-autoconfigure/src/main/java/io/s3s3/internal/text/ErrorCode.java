package io.s3s3.internal.text;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Reads the error code of S3.
 */
public abstract class ErrorCode {

	/**
	 * Return the error code of S3 in an exception.
	 * @param error what a client threw
	 * @return a code such as {@code NoSuchKey}, or {@code null} if there is none
	 */
	public static @Nullable String of(Throwable error) {
		return (error instanceof AwsServiceException answer && answer.awsErrorDetails() != null)
				? answer.awsErrorDetails().errorCode() : null;
	}

}
