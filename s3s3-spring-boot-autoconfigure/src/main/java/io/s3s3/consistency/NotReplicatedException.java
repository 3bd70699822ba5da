package io.s3s3.consistency;

import java.io.Serial;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object cannot be read as this process wrote it: the location that could be asked
 * does not have that write, and the one that took it cannot be asked. No older version is
 * returned in its place. Like S3's own "try again later", it has status 503.
 *
 * @since 0.1.0
 */
public final class NotReplicatedException extends S3Exception {

	/** The error code, {@value}. */
	public static final String CODE = "NotReplicated";

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what is missing where
	 */
	public NotReplicatedException(String message) {
		super(builderFor(message));
	}

	private static S3Exception.Builder builderFor(String message) {
		S3Exception.Builder builder = S3Exception.builder();
		builder.message(message)
			.statusCode(503)
			.awsErrorDetails(AwsErrorDetails.builder().serviceName("S3").errorCode(CODE).errorMessage(message).build());
		return builder;
	}

}
