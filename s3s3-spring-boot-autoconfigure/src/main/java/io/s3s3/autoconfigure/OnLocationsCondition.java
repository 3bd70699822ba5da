package io.s3s3.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when a location is configured, even if only in part, and s3s3 is not disabled.
 */
final class OnLocationsCondition extends OnAnyLocationCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return isDisabled(context.getEnvironment())
				? ConditionOutcome
					.noMatch(ConditionMessage.forCondition("S3 locations").because("s3s3.enabled is false"))
				: super.getMatchOutcome(context, metadata);
	}

	static boolean isDisabled(Environment environment) {
		return !Binder.get(environment).bind("s3s3.enabled", Boolean.class).orElse(true);
	}

}
