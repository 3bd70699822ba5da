package io.s3s3.autoconfigure;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.FailoverControl;
import io.s3s3.internal.actuate.FailoverEndpoint;
import io.s3s3.internal.actuate.FailoverHealthIndicator;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link S3s3EndpointAutoConfiguration} and
 * {@link S3s3HealthContributorAutoConfiguration}.
 */
class ActuatorAutoConfigurationTests {

	private final ApplicationContextRunner bare = Contexts.bare()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, S3s3EndpointAutoConfiguration.class,
				S3s3HealthContributorAutoConfiguration.class));

	private final ApplicationContextRunner pair = this.bare.withPropertyValues("s3s3.primary.bucket=east",
			"s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2",
			"s3s3.probe.enabled=false");

	private final ApplicationContextRunner exposed = this.pair
		.withPropertyValues("management.endpoints.web.exposure.include=s3s3");

	@Test
	void contributesHealthButNoEndpointByDefault() {
		this.pair.run((context) -> assertThat(context).hasBean("s3s3HealthContributor")
			.doesNotHaveBean(FailoverEndpoint.class));
	}

	@Test
	void hasTheEndpointWhereItIsExposed() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(FailoverEndpoint.class));
	}

	@Test
	void hasNoEndpointWithoutAccess() {
		this.exposed.withPropertyValues("management.endpoint.s3s3.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverEndpoint.class));
	}

	@Test
	void contributesNoHealthWhenDisabled() {
		this.pair.withPropertyValues("management.health.s3s3.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverHealthIndicator.class));
	}

	@Test
	void takesWhatTheApplicationBrings() {
		HealthIndicator indicator = () -> Health.up().build();
		FailoverEndpoint endpoint = new FailoverEndpoint(mock(FailoverControl.class));

		this.exposed.withBean("s3s3HealthIndicator", HealthIndicator.class, () -> indicator)
			.withBean(FailoverEndpoint.class, () -> endpoint)
			.run((context) -> {
				assertThat(context.getBean(HealthContributor.class)).isSameAs(indicator);
				assertThat(context.getBean(FailoverEndpoint.class)).isSameAs(endpoint);
			});
	}

	@Test
	void doesNothingWithoutLocations() {
		this.bare
			.withPropertyValues("management.endpoints.web.exposure.include=*", "s3s3.enabled=false",
					"spring.cloud.aws.region.static=eu-west-1")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailoverEndpoint.class)
				.doesNotHaveBean(FailoverHealthIndicator.class));
	}

	@Test
	void worksWithoutTheActuator() {
		ApplicationContextRunner application = Contexts.bare()
			.withUserConfiguration(Application.class)
			.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
					"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false",
					"management.endpoints.web.exposure.include=s3s3");

		application.run((context) -> assertThat(context).hasSingleBean(FailoverEndpoint.class)
			.hasBean("s3s3HealthContributor"));
		application
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverS3Client.class)
				.doesNotHaveBean("failoverEndpoint")
				.doesNotHaveBean("s3s3HealthContributor"));
	}

	/**
	 * Imports auto-configurations by their names, so that they are read before they are
	 * loaded, as in any application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ S3s3EndpointAutoConfiguration.class, S3s3HealthContributorAutoConfiguration.class })
	static class Application {

	}

}
