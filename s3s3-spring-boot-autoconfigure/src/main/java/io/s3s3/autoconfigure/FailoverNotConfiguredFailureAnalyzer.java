package io.s3s3.autoconfigure;

import java.util.Set;

import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Operations;
import io.s3s3.FailoverS3Template;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains why a bean of s3s3 that the application needs does not exist, in place of
 * Spring Boot's advice to define one.
 */
@Order(0)
final class FailoverNotConfiguredFailureAnalyzer
		extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final Set<Class<?>> TYPES = Set.of(FailoverS3Client.class, FailoverS3Operations.class,
			FailoverS3Template.class, FailoverControl.class, LocationPair.class);

	private final Environment environment;

	FailoverNotConfiguredFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = cause.getBeanType();
		if (type == null || !TYPES.contains(type) || cause.getNumberOfBeansFound() != 0) {
			return null;
		}
		String required = "%s required a bean of type '%s', which s3s3 does not create: "
			.formatted((description != null) ? description : "A component", type.getName());
		if (OnLocationsCondition.isDisabled(this.environment)) {
			return new FailureAnalysis(required + "s3s3.enabled is false.",
					"Remove s3s3.enabled=false, or do without the bean.", cause);
		}
		if (OnAnyLocationCondition.firstConfigured(this.environment) == null) {
			return new FailureAnalysis(required + "no location is configured.",
					"Set s3s3.primary.bucket and s3s3.secondary.bucket.", cause);
		}
		return null;
	}

}
