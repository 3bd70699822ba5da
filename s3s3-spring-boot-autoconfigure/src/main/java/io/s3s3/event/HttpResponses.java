package io.s3s3.event;

import java.util.Optional;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Finds the HTTP response behind an error.
 */
final class HttpResponses {

	private HttpResponses() {
	}

	static Optional<SdkHttpResponse> of(Throwable error) {
		return (error instanceof AwsServiceException answer && answer.awsErrorDetails() != null)
				? Optional.ofNullable(answer.awsErrorDetails().sdkHttpResponse()) : Optional.empty();
	}

}
