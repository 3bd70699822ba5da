package io.s3s3.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when a location is configured, even if only in part.
 */
class OnAnyLocationCondition extends SpringBootCondition {

	private static final Bindable<Map<String, Object>> ANYTHING = Bindable.mapOf(String.class, Object.class);

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String location = firstConfigured(context.getEnvironment());
		ConditionMessage.Builder message = ConditionMessage.forCondition("S3 locations");
		return (location != null) ? ConditionOutcome.match(message.foundExactly(location))
				: ConditionOutcome.noMatch(message.didNotFind("properties").items("s3s3.primary", "s3s3.secondary"));
	}

	/**
	 * Return the first location that has any property, or {@code null} if none has.
	 */
	static @Nullable String firstConfigured(Environment environment) {
		Binder binder = Binder.get(environment);
		for (String location : new String[] { "s3s3.primary", "s3s3.secondary" }) {
			if (binder.bind(location, ANYTHING).isBound()) {
				return location;
			}
		}
		return null;
	}

}
