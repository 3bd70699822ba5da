package io.s3s3.internal.multipart;

import java.util.Locale;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Finds encryption keys that the caller supplies (SSE-C). Content that is sent with them
 * must not be stored in plain text.
 */
abstract class CustomerKeys {

	private static final String HEADER = "x-amz-server-side-encryption-customer-";

	static boolean areIn(S3Request request) {
		boolean member = request.getValueForField("SSECustomerAlgorithm", String.class).isPresent()
				|| request.getValueForField("SSECustomerKey", String.class).isPresent();
		return member || request.overrideConfiguration()
			.filter((own) -> own.headers()
				.keySet()
				.stream()
				.anyMatch((name) -> name.toLowerCase(Locale.ROOT).startsWith(HEADER)))
			.isPresent();
	}

}
