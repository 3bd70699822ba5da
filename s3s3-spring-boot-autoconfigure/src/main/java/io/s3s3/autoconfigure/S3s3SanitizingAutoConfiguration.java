package io.s3s3.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that keeps the secrets of locations out of the Actuator's output,
 * even with {@code show-values=always}. It applies even if {@code s3s3.enabled} is
 * {@code false}, since the secrets are in the environment then too.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
@Conditional(OnAnyLocationCondition.class)
public final class S3s3SanitizingAutoConfiguration {

	@Bean
	SanitizingFunction s3s3SanitizingFunction(Environment environment) {
		return new SecretsSanitizingFunction(environment);
	}

}
