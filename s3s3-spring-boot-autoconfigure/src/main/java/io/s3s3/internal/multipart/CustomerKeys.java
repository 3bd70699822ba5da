package io.s3s3.internal.multipart;

import java.util.Locale;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Finds keys that the caller brings along for S3 to encrypt with (SSE-C). What is sent
 * with them is not to be found anywhere in plain.
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
