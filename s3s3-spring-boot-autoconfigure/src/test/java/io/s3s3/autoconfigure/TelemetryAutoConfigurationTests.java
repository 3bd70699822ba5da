package io.s3s3.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.health.FailoverControl;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.metrics.LocationMetrics;
import io.s3s3.observation.CallObservationContext;
import io.s3s3.observation.CallObservationConvention;
import io.s3s3.observation.RequestObservations;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link S3s3MetricsAutoConfiguration} and
 * {@link S3s3ObservationAutoConfiguration}.
 */
class TelemetryAutoConfigurationTests {

	private static final String[] PAIR = { "s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
			"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false" };

	private final ApplicationContextRunner bare = Contexts.bare()
		.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class));

	private final ApplicationContextRunner pair = this.bare.withPropertyValues(PAIR);

	@Test
	void metersWhereThereIsARegistry() {
		this.pair.run((context) -> assertThat(context).hasSingleBean(FailoverMetrics.class)
			.hasSingleBean(LocationMetrics.class)
			.hasBean("locationStatusMetrics"));
	}

	@Test
	void metersNothingWithoutMicrometer() {
		this.pair.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverS3Client.class)
				.doesNotHaveBean(FailoverMetrics.class)
				.doesNotHaveBean("locationStatusMetrics"));
	}

	@Test
	void takesTheMetersOfTheApplication() {
		FailoverMetrics calls = new FailoverMetrics(new SimpleMeterRegistry());
		LocationMetrics locations = new LocationMetrics(new SimpleMeterRegistry());
		MeterBinder status = LocationMetrics.ofStatus(mock(FailoverControl.class));

		this.pair.withBean(FailoverMetrics.class, () -> calls)
			.withBean(LocationMetrics.class, () -> locations)
			.withBean("locationStatusMetrics", MeterBinder.class, () -> status)
			.run((context) -> {
				assertThat(context.getBean(FailoverMetrics.class)).isSameAs(calls);
				assertThat(context.getBean(LocationMetrics.class)).isSameAs(locations);
				assertThat(context.getBean("locationStatusMetrics")).isSameAs(status);
			});
	}

	@Test
	void doesNothingWhenDisabled() {
		this.pair
			.withPropertyValues("s3s3.enabled=false", "s3s3.metrics.sdk=true",
					"spring.cloud.aws.region.static=eu-west-1")
			.withBean(ObservationRegistry.class, TestObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MeterRegistry.class)
				.doesNotHaveBean(FailoverMetrics.class)
				.doesNotHaveBean(LocationMetrics.class)
				.doesNotHaveBean("locationStatusMetrics")
				.doesNotHaveBean(LocationClientCustomizer.class)
				.doesNotHaveBean(RequestObservations.class));
	}

	@Test
	void observesWhereThereIsARegistry() {
		this.pair.run((context) -> assertThat(context).doesNotHaveBean(RequestObservations.class));
		this.pair.withBean(ObservationRegistry.class, TestObservationRegistry::create)
			.run((context) -> assertThat(context).hasSingleBean(RequestObservations.class));
	}

	@Test
	void observesNothingWithoutMicrometer() {
		this.pair.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverS3Client.class)
				.doesNotHaveBean(RequestObservations.class));
	}

	@Test
	void observesByTheConventionOfTheApplication() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (FaultyEndpoint east = FaultyEndpoint.refusing(); FaultyEndpoint west = FaultyEndpoint.refusing()) {
			Contexts.pair(east.uri(), "east", west.uri(), "west")
				.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class))
				.withPropertyValues("s3s3.failover.max-rounds=1")
				.withBean(ObservationRegistry.class, () -> registry)
				.withBean(CallObservationConvention.class, Renamed::new)
				.run((context) -> assertThatExceptionOfType(SdkException.class)
					.isThrownBy(() -> context.getBean(FailoverS3Template.class).exists("key")));
		}

		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsWithNameEqualTo("storage", 1)
			.hasNumberOfObservationsWithNameEqualTo("s3s3.attempt", 2);
	}

	private static final class Renamed implements CallObservationConvention {

		@Override
		public String getName() {
			return "storage";
		}

		@Override
		public String getContextualName(CallObservationContext context) {
			return "storage";
		}

	}

}
