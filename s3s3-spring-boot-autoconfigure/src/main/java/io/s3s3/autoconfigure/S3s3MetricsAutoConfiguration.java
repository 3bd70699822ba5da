package io.s3s3.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.s3s3.health.FailoverControl;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.metrics.LocationMetrics;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for the meters of s3s3, if there is a {@link MeterRegistry}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = S3s3AutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@Conditional(OnLocationsCondition.class)
public final class S3s3MetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailoverMetrics failoverMetrics(MeterRegistry registry) {
		return new FailoverMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	LocationMetrics locationMetrics(MeterRegistry registry) {
		return new LocationMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean(name = "locationStatusMetrics")
	MeterBinder locationStatusMetrics(FailoverControl control) {
		return LocationMetrics.ofStatus(control);
	}

	@Bean
	@ConditionalOnBooleanProperty("s3s3.metrics.sdk")
	LocationClientCustomizer sdkMetricsCustomizer(MeterRegistry registry) {
		return (location,
				builder) -> builder.overrideConfiguration(builder.overrideConfiguration()
					.toBuilder()
					.addMetricPublisher(LocationMetrics.ofSdk(location, registry))
					.build());
	}

}
