package io.s3s3.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration that keeps the secrets of locations out of what the Actuator shows,
 * even with {@code show-values=always}. Holds while {@code s3s3.enabled} is
 * {@code false}, too: the secrets are in the environment all the same.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
@Conditional(S3s3SanitizingAutoConfiguration.OnAnyLocationCondition.class)
public final class S3s3SanitizingAutoConfiguration {

	@Bean
	SanitizingFunction s3s3SanitizingFunction(Environment environment) {
		return new SecretsSanitizingFunction(environment);
	}

	/**
	 * Matches when a location is configured, disabled or not.
	 */
	static final class OnAnyLocationCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String location = OnLocationsCondition.firstConfigured(context.getEnvironment());
			ConditionMessage.Builder message = ConditionMessage.forCondition("S3 locations");
			return (location != null) ? ConditionOutcome.match(message.foundExactly(location)) : ConditionOutcome
				.noMatch(message.didNotFind("properties").items("s3s3.primary", "s3s3.secondary"));
		}

	}

}
