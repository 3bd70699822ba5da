package io.s3s3.internal.route;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Finds secrets in a request that do not belong to the location: credentials, encryption
 * keys of the caller, and MFA codes.
 */
abstract class CarriedSecrets {

	private static final RequestFields<SdkField<?>[]> SECRETS = RequestFields.named("SSECustomerKey",
			"CopySourceSSECustomerKey", "MFA");

	/** Headers and query parameters, in lower case. */
	private static final Set<String> NAMES = Set.of("authorization", "x-amz-security-token", "x-amz-mfa",
			"x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-key");

	static boolean areIn(S3Request request) {
		for (SdkField<?> secret : SECRETS.of(request)) {
			if (secret.getValueOrDefault(request) != null) {
				return true;
			}
		}
		return request.overrideConfiguration().filter(CarriedSecrets::areIn).isPresent();
	}

	/**
	 * Return whether a configuration has secrets. Plugins and signers may have some, so
	 * they count.
	 */
	@SuppressWarnings("deprecation") // the signer may still be set
	private static boolean areIn(AwsRequestOverrideConfiguration own) {
		return own.credentialsIdentityProvider().isPresent() || own.tokenIdentityProvider().isPresent()
				|| own.signer().isPresent() || !own.plugins().isEmpty() || areNamed(own.headers())
				|| areNamed(own.rawQueryParameters());
	}

	private static boolean areNamed(Map<String, List<String>> entries) {
		return entries.keySet().stream().anyMatch((name) -> NAMES.contains(name.toLowerCase(Locale.ROOT)));
	}

}
