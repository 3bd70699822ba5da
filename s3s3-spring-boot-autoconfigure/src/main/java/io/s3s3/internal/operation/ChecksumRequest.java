package io.s3s3.internal.operation;

import io.s3s3.internal.io.ClientConfiguration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Asks S3 to return the checksum of the whole object with the object, which the SDK does
 * not do by itself: bytes that come from two locations cannot be verified without it. It
 * uses the header rather than the member of the request, which would make the SDK verify
 * what is verified here. A client that is set to validate checksums only where they are
 * required is left alone.
 */
public final class ChecksumRequest {

	private static final AwsRequestOverrideConfiguration ASKING = asking(AwsRequestOverrideConfiguration.builder());

	private ChecksumRequest() {
	}

	/**
	 * Return a request that also asks for the checksum of the whole object.
	 * @param request the request
	 * @param client the client that it is for
	 * @return the same request if it, or the client, decides that already
	 */
	public static S3Request withChecksum(S3Request request, SdkClient client) {
		return (request instanceof GetObjectRequest get && get.checksumMode() == null && get.range() == null
				&& get.partNumber() == null && validatesChecksums(client))
						? get.toBuilder().overrideConfiguration(asking(get)).build() : request;
	}

	private static AwsRequestOverrideConfiguration asking(GetObjectRequest request) {
		return request.overrideConfiguration().map((own) -> asking(own.toBuilder())).orElse(ASKING);
	}

	private static AwsRequestOverrideConfiguration asking(AwsRequestOverrideConfiguration.Builder configuration) {
		return configuration.putHeader("x-amz-checksum-mode", "ENABLED").build();
	}

	private static boolean validatesChecksums(SdkClient client) {
		return ClientConfiguration.of(client)
			.map(S3ServiceClientConfiguration::responseChecksumValidation)
			.filter(ResponseChecksumValidation.WHEN_SUPPORTED::equals)
			.isPresent();
	}

}
