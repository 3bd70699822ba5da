package io.s3s3.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Keeps the credentials of the locations, however they are set, out of the Actuator's
 * {@code env} and {@code configprops}: by the name of the property in any of its forms,
 * and by their values, which may also appear in another property, the command line or
 * {@code SPRING_APPLICATION_JSON}. Thread-safe.
 */
final class SecretsSanitizingFunction implements SanitizingFunction {

	/** The properties that hold secrets, of the locations or inherited by them. */
	private static final List<String> SECRETS = List.of("s3s3.primary.credentials.secret-key",
			"s3s3.primary.credentials.session-token", "s3s3.secondary.credentials.secret-key",
			"s3s3.secondary.credentials.session-token", "spring.cloud.aws.credentials.secret-key",
			"aws.secretAccessKey", "aws.sessionToken", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

	/** Matches names regardless of case and punctuation. */
	private static final Pattern SECRET_NAME = Pattern
		.compile("s3s3.*(credentials(?!profile$).+|customerkey)|springcloudaws.*credentials(access|secret)key"
				+ "|aws(accesskeyid|secretkey|secretaccesskey|sessiontoken)");

	private static final Pattern ENDPOINT_NAME = Pattern.compile("(s3s3|springcloudaws).*endpoint");

	private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

	/** Shorter values occur in other texts by chance. */
	private static final int LONG_ENOUGH = 8;

	private final List<String> secrets;

	SecretsSanitizingFunction(Environment environment) {
		this.secrets = SECRETS.stream()
			.flatMap((name) -> Stream.ofNullable(valueOf(name, environment)))
			.filter(StringUtils::hasText)
			.distinct()
			.toList();
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		if (value == null) {
			return data;
		}
		String name = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		if (SECRET_NAME.matcher(name).matches()) {
			return data.withSanitizedValue();
		}
		String text = value.toString();
		String harmless = withoutSecrets(ENDPOINT_NAME.matcher(name).matches()
				? USER_INFO.matcher(text).replaceAll("//" + SanitizableData.SANITIZED_VALUE + "@") : text);
		return harmless.equals(text) ? data : data.withValue(harmless);
	}

	private String withoutSecrets(String text) {
		String harmless = text;
		for (String secret : this.secrets) {
			if (harmless.equals(secret) || secret.length() >= LONG_ENOUGH) {
				harmless = harmless.replace(secret, SanitizableData.SANITIZED_VALUE);
			}
		}
		return harmless;
	}

	// If a placeholder without a value matters, it fails the startup in a better place.
	private static @Nullable String valueOf(String name, Environment environment) {
		try {
			return environment.getProperty(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
