package io.s3s3.internal.upload;

import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Judges what comes of the requests of an upload. Thread-safe.
 */
public interface AnswerJudge {

	/**
	 * Require that an answer is S3's.
	 * @param response the answer
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if it is not
	 */
	void requireS3(S3Response response);

	/**
	 * Return whether a request was not sent, since it got no connection from the pool.
	 * @param error the error of the request
	 * @return whether others had all connections for too long
	 */
	boolean lacksConnection(Throwable error);

}
