package io.s3s3.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.awspring.cloud.s3.S3Template;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Operations;
import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link S3s3AutoConfiguration} and {@link S3s3MetricsAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class S3s3AutoConfigurationTests extends AbstractS3s3AutoConfigurationTests {

	@Test
	void doesNothingWithoutProperties() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(S3s3AutoConfiguration.class, S3s3MetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailoverS3Client.class)
				.doesNotHaveBean(S3Client.class)
				.doesNotHaveBean(FailoverMetrics.class));
	}

	@Test
	void startsWithoutPropertiesBesideSpringCloudAws() {
		Contexts.bare()
			.withSystemProperties("aws.disableEc2Metadata=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailoverS3Client.class)
				.doesNotHaveBean(FailoverMetrics.class));
	}

	@Test
	void leavesTheClientOfSpringCloudAwsToThoseWhoAskForIt() {
		Contexts.bare()
			.withPropertyValues("spring.cloud.aws.region.static=eu-west-1")
			.withUserConfiguration(ClientUser.class)
			.run((context) -> assertThat(context.getBean(ClientUser.class).client.serviceClientConfiguration().region())
				.isEqualTo(Region.EU_WEST_1));
	}

	@Test
	void isListedAsAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
			.contains(LazyS3AutoConfiguration.class.getName(), S3s3AutoConfiguration.class.getName(),
					S3s3MetricsAutoConfiguration.class.getName());
	}

	@Test
	void doesNothingWhenDisabled() {
		this.pair.withPropertyValues("s3s3.enabled=false", "spring.cloud.aws.region.static=eu-west-1")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(FailoverS3Client.class);
				assertThat(context.getBean(S3Client.class).serviceClientConfiguration().region())
					.isEqualTo(Region.EU_WEST_1);
			});
	}

	@Test
	void needsNothingButTheTwoLocations() {
		this.pair.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverS3Template.class)
				.hasSingleBean(FailoverS3Client.class)
				.hasSingleBean(LocationPair.class)
				.hasSingleBean(FailoverMetrics.class);
			assertThat(context.getBean(S3Client.class)).isInstanceOf(FailoverS3Client.class);
			assertThat(context.getBean(S3Template.class)).isNotNull();
			assertThat(context.getBean(S3Presigner.class)).isNotNull();
			assertThat(context.getBean(S3OutputStreamProvider.class)).isNotNull();
			LocationPair locations = context.getBean(LocationPair.class);
			assertThat(locations.primary().bucket()).isEqualTo("east");
			assertThat(configurationOf(locations, LocationRole.PRIMARY).region()).isEqualTo(Region.US_EAST_1);
			assertThat(configurationOf(locations, LocationRole.SECONDARY).region()).isEqualTo(Region.US_WEST_2);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { LocationPair.class, FailureClassifier.class, FailoverS3Client.class })
	<T> void backsOffForABeanOfTheUser(Class<T> type) {
		T own = this.<T>own(type);
		this.pair.withBean(type, () -> own).run((context) -> assertThat(context.getBean(type)).isSameAs(own));
	}

	@Test
	void backsOffForOperationsOfTheUser() {
		this.pair.withBean(FailoverS3Operations.class, () -> mock(FailoverS3Operations.class))
			.run((context) -> assertThat(context).hasSingleBean(FailoverS3Operations.class)
				.doesNotHaveBean(FailoverS3Template.class));
	}

	@Test
	void backsOffForALocationClientOfTheUser() {
		S3Client own = mock(S3Client.class);
		this.pair.withBean("primaryS3Client", S3Client.class, () -> own, (definition) -> definition.setPrimary(false))
			.run((context) -> assertThat(context.getBean(LocationPair.class).primary().client()).isSameAs(own));
	}

	@Test
	void staysOutOfTheWayOfTheUsersOwnClient() {
		S3Client own = mock(S3Client.class);
		this.pair.withBean("mine", S3Client.class, () -> own).withUserConfiguration(ClientUser.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ClientUser.class).client).isSameAs(own);
			assertThat(context.getBean(FailoverS3Template.class)).isNotNull();
			assertThat(context.getBean(FailoverS3Client.class)).isNotSameAs(own);
		});
	}

	@Test
	void injectsTheFailoverClientWhereAClientIsAsked() {
		this.pair.withUserConfiguration(ClientUser.class)
			.run((context) -> assertThat(context.getBean(ClientUser.class).client)
				.isSameAs(context.getBean(FailoverS3Client.class)));
	}

	@ParameterizedTest
	@CsvSource({ "'', 1", "request-sent, 3", "'request-sent,request_completed', 4", "all, 8" })
	void publishesFailoversAndTheEventsThatAreAskedFor(String events, int expected) {
		try (FaultyEndpoint primary = FaultyEndpoint.refusing();
				FaultyEndpoint secondary = AnsweringEndpoint.answering(200, "")) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.events=" + events)
				.withUserConfiguration(EventCollector.class)
				.run((context) -> {
					context.getBean(FailoverS3Template.class).delete("k");

					List<RequestEvent> collected = context.getBean(EventCollector.class).events;
					assertThat(collected).hasSize(expected);
				});
		}
	}

	@Test
	void tellsRequestListenerBeans() {
		List<RequestEvent> told = new ArrayList<>();
		try (FaultyEndpoint location = AnsweringEndpoint.answering(200, "")) {
			Contexts.pair(location.uri(), "east", location.uri(), "west")
				.withBean("mine", RequestListener.class, () -> told::add)
				.run((context) -> context.getBean(FailoverS3Template.class).delete("k"));
		}

		assertThat(told).hasSize(4);
	}

	@Test
	void worksWithoutMicrometer() {
		this.pair.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverS3Template.class)
				.doesNotHaveBean("failoverMetrics"));
	}

	@Test
	void worksWithoutARegistry() {
		this.pair
			.withPropertyValues("management.simple.metrics.export.enabled=false",
					"management.defaults.metrics.export.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FailoverS3Template.class));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(S3s3MetricsAutoConfiguration.class))
			.withPropertyValues("s3s3.primary.bucket=east")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterRegistry.class));
	}

	@Test
	void keepsSecretsOutOfTextsAndLogs(CapturedOutput output) {
		this.pair
			.withPropertyValues("s3s3.primary.credentials.access-key=my-access",
					"s3s3.primary.credentials.secret-key=my-secret", "s3s3.primary.credentials.session-token=my-token",
					"debug=true")
			.run((context) -> assertThat(context.getBean(S3s3Properties.class).toString()
					+ context.getBean(LocationPair.class) + context.getBean(FailoverS3Client.class))
				.doesNotContain("my-access", "my-secret", "my-token"));
		assertThat(output).doesNotContain("my-secret", "my-token");
	}

	/**
	 * Injects a client without a qualifier.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ClientUser {

		@Autowired
		private S3Client client;

	}

	/**
	 * Listens to all events.
	 */
	@Configuration(proxyBeanMethods = false)
	static class EventCollector {

		private final List<RequestEvent> events = new ArrayList<>();

		@EventListener
		void on(RequestEvent event) {
			this.events.add(event);
		}

		@Bean
		String marker() {
			return "collects";
		}

	}

}
