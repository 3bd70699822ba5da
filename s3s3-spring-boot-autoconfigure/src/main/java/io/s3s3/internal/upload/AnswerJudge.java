package io.s3s3.internal.upload;

import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Judges the outcomes of the requests of an upload. Thread-safe.
 */
public interface AnswerJudge {

	/**
	 * Require a genuine answer of S3.
	 * @param response the answer
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if it is not
	 */
	void requireS3(S3Response response);

	/**
	 * Return whether a request was not sent because it got no connection from the pool.
	 * @param error the error of the request
	 * @return whether all connections were in use for too long
	 */
	boolean lacksConnection(Throwable error);

}
