package io.s3s3.internal.blocking;

import io.s3s3.internal.io.ClientConfiguration;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Asks S3 for the checksum of a whole object with the object, which the SDK does not do
 * by itself: bytes that come from two locations cannot be verified without it. A client
 * that is set to validate checksums only where they are required is left alone.
 */
final class ChecksumRequest {

	private ChecksumRequest() {
	}

	static S3Request withChecksum(S3Request request, S3Client client) {
		return (request instanceof GetObjectRequest get && get.checksumMode() == null && get.range() == null
				&& get.partNumber() == null && validatesChecksums(client))
						? get.toBuilder().checksumMode(ChecksumMode.ENABLED).build() : request;
	}

	private static boolean validatesChecksums(S3Client client) {
		return ClientConfiguration.of(client)
			.map(S3ServiceClientConfiguration::responseChecksumValidation)
			.filter(ResponseChecksumValidation.WHEN_SUPPORTED::equals)
			.isPresent();
	}

}
