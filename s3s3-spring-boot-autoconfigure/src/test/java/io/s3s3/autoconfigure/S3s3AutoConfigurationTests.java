package io.s3s3.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
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
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link S3s3AutoConfiguration} and {@link S3s3MetricsAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class S3s3AutoConfigurationTests {

	private final ApplicationContextRunner pair = Contexts.bare()
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false");

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
	@CsvSource({ "s3s3.primary.bucket=east, s3s3.secondary.bucket", "s3s3.primary.region=x, s3s3.primary.bucket",
			"s3s3.secondary.bucket=west, s3s3.primary.bucket",
			"s3s3.secondary.endpoint=http://x, s3s3.secondary.bucket" })
	void namesTheMissingBucket(String property, String missing) {
		Contexts.bare().withPropertyValues(property).run((context) -> {
			FailureAnalysis analysis = analysisOf(context);
			assertThat(analysis.getDescription()).contains(missing);
			assertThat(analysis.getAction()).contains(missing).contains("s3s3.enabled=false");
		});
	}

	@Test
	void namesTheMissingRegion() {
		this.pair.withPropertyValues("s3s3.secondary.region=")
			.withSystemProperties("aws.disableEc2Metadata=true")
			.run((context) -> {
				assertThat(analysisOf(context).getAction()).contains("s3s3.secondary.region");
				assertThat(analysisOf(context).getDescription()).isEqualTo("There is no s3s3.secondary.region.");
			});
	}

	@ParameterizedTest
	@CsvSource({ "s3s3.primary.credentials.access-key=a, s3s3.primary.credentials.secret-key",
			"s3s3.secondary.credentials.secret-key=s, s3s3.secondary.credentials.access-key",
			"s3s3.secondary.credentials.session-token=s, s3s3.secondary.credentials.access-key",
			"s3s3.primary.connect-timeout=0s, s3s3.primary.connect-timeout",
			"s3s3.secondary.read-timeout=-1s, s3s3.secondary.read-timeout",
			"s3s3.primary.write-timeout=0s, s3s3.primary.write-timeout",
			"s3s3.primary.max-connections=0, s3s3.primary.max-connections",
			"s3s3.primary.endpoint=localhost, s3s3.primary.endpoint",
			"s3s3.failover.max-rounds=0, s3s3.failover.max-rounds",
			"s3s3.failover.back-off=-1s, s3s3.failover.back-off", "s3s3.events=nonsense, s3s3.events" })
	void refusesABadValueByName(String property, String name) {
		this.pair.withPropertyValues(property)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.message()
				.satisfiesAnyOf((message) -> assertThat(message).contains(name),
						(message) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(name)));
	}

	@Test
	void refusesKeysBesideAProfile() {
		this.pair
			.withPropertyValues("s3s3.primary.credentials.access-key=a", "s3s3.primary.credentials.secret-key=s",
					"s3s3.primary.credentials.profile=p")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("s3s3.primary.credentials.profile"));
	}

	@Test
	void refusesALocationThatIsItsOwnReplica() {
		this.pair.withPropertyValues("s3s3.secondary.bucket=east", "s3s3.secondary.region=us-east-1")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("s3s3.secondary.bucket"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h:7481", "http://h:7481/", "HTTP://H:7481//" })
	void refusesTheSameEndpointHoweverItIsWritten(String endpoint) {
		this.pair
			.withPropertyValues("s3s3.secondary.bucket=east", "s3s3.secondary.region=us-east-1",
					"s3s3.primary.endpoint=http://h:7481", "s3s3.secondary.endpoint=" + endpoint)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("s3s3.secondary.bucket"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h:7482", "https://h:7481", "http://other:7481", "http://h:7481/tenant" })
	void allowsTheSameBucketAtAnotherEndpoint(String endpoint) {
		this.pair
			.withPropertyValues("s3s3.secondary.bucket=east", "s3s3.secondary.region=us-east-1",
					"s3s3.primary.endpoint=http://h:7481", "s3s3.secondary.endpoint=" + endpoint)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void tellsOnceWhereCallsGo(CapturedOutput output) {
		withInfo(() -> this.pair.withPropertyValues("s3s3.secondary.endpoint=https://minio:9000/tenant?token=secret")
			.run((context) -> assertThat(context).hasNotFailed()));

		assertThat(output.getAll().lines().filter((line) -> line.contains("S3 calls go to"))).singleElement()
			.asString()
			.contains("INFO")
			.endsWith("S3 calls go to primary east (us-east-1), "
					+ "then to secondary west (us-west-2, https://minio:9000)");
	}

	@Test
	void tellsNothingWhereThereIsNoFailover(CapturedOutput output) {
		withInfo(() -> this.pair.withPropertyValues("s3s3.enabled=false", "spring.cloud.aws.region.static=eu-west-1")
			.run((context) -> assertThat(context).hasNotFailed()));

		assertThat(output).doesNotContain("S3 calls go to");
	}

	@Test
	void takesWhatSpringCloudAwsSaysUnlessALocationSaysOtherwise() {
		Contexts.bare()
			.withPropertyValues("spring.cloud.aws.region.static=eu-west-1", "spring.cloud.aws.credentials.access-key=a",
					"spring.cloud.aws.credentials.secret-key=s", "spring.cloud.aws.endpoint=http://inherited:1",
					"s3s3.primary.bucket=east", "s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2",
					"s3s3.secondary.endpoint=http://own:2", "s3s3.secondary.credentials.access-key=own",
					"s3s3.secondary.credentials.secret-key=own-secret",
					"s3s3.secondary.credentials.session-token=own-token")
			.run((context) -> {
				LocationPair locations = context.getBean(LocationPair.class);
				S3ServiceClientConfiguration primary = configurationOf(locations, LocationRole.PRIMARY);
				S3ServiceClientConfiguration secondary = configurationOf(locations, LocationRole.SECONDARY);
				assertThat(primary.region()).isEqualTo(Region.EU_WEST_1);
				assertThat(primary.endpointOverride()).contains(URI.create("http://inherited:1"));
				assertThat(credentialsOf(primary).accessKeyId()).isEqualTo("a");
				assertThat(secondary.region()).isEqualTo(Region.US_WEST_2);
				assertThat(secondary.endpointOverride()).contains(URI.create("http://own:2"));
				assertThat(credentialsOf(secondary))
					.isEqualTo(AwsSessionCredentials.create("own", "own-secret", "own-token"));
			});
	}

	@Test
	void retriesAtALocationOnceUnlessACustomizerSaysOtherwise() {
		this.pair.run((context) -> assertThat(maxAttempts(context.getBean(LocationPair.class))).isEqualTo(2));
		this.pair
			.withBean(LocationClientCustomizer.class,
					() -> (role, builder) -> builder.overrideConfiguration(
							(override) -> override.retryStrategy((strategy) -> strategy.maxAttempts(7))))
			.run((context) -> assertThat(maxAttempts(context.getBean(LocationPair.class))).isEqualTo(7));
	}

	@Test
	void customizesEachLocation() {
		List<LocationRole> customized = new ArrayList<>();
		this.pair.withBean(LocationClientCustomizer.class, () -> (role, builder) -> customized.add(role))
			.run((context) -> assertThat(customized).containsExactlyInAnyOrder(LocationRole.values()));
	}

	@Test
	void keepsTheRetriesOfASpringCloudAwsCustomizer() {
		this.pair
			.withBean(S3ClientCustomizer.class,
					() -> (builder) -> builder.overrideConfiguration(
							(override) -> override.retryStrategy((strategy) -> strategy.maxAttempts(7))))
			.run((context) -> assertThat(maxAttempts(context.getBean(LocationPair.class))).isEqualTo(7));
	}

	@Test
	void signsUrlsAsTheClientOfTheLocationDoes() {
		this.pair
			.withBean(LocationClientCustomizer.class, () -> (role, builder) -> builder
				.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("customized", "s")))
				.endpointOverride(URI.create("http://customized:1"))
				.region(Region.EU_NORTH_1))
			.withPropertyValues("s3s3.primary.path-style=true")
			.run((context) -> assertThat(
					context.getBean(FailoverS3Template.class).createSignedGetUrl("k", Duration.ofMinutes(1)))
				.hasHost("customized")
				.hasPath("/east/k")
				.asString()
				.contains("Credential=customized", "eu-north-1"));
	}

	@Test
	void needsNoRegionForClientsOfTheUser() {
		Contexts.bare()
			.withBean("primaryS3Client", S3Client.class, () -> mock(S3Client.class),
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.withBean("secondaryS3Client", S3Client.class, () -> mock(S3Client.class),
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.withPropertyValues("s3s3.primary.bucket=same", "s3s3.secondary.bucket=same")
			.withSystemProperties("aws.disableEc2Metadata=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(S3Client.class)).isInstanceOf(FailoverS3Client.class);
			});
	}

	@Test
	void takesTheHttpClientOfASpringCloudAwsCustomizer() {
		SdkHttpClient http = mock(SdkHttpClient.class);
		given(http.clientName()).willReturn("mine");
		this.pair.withBean(AwsSyncClientCustomizer.class, () -> (builder) -> builder.httpClient(http))
			.withPropertyValues("s3s3.primary.credentials.access-key=a", "s3s3.primary.credentials.secret-key=s",
					"s3s3.secondary.read-timeout=100ms", "s3s3.secondary.endpoint=http://127.0.0.1:9",
					"s3s3.secondary.credentials.access-key=a", "s3s3.secondary.credentials.secret-key=s")
			.run((context) -> {
				LocationPair locations = context.getBean(LocationPair.class);
				assertThatException()
					.isThrownBy(() -> locations.primary().client().headBucket((request) -> request.bucket("east")));
				then(http).should(atLeastOnce()).prepareRequest(any());
				clearInvocations(http);
				assertThatException()
					.isThrownBy(() -> locations.secondary().client().headBucket((request) -> request.bucket("west")));
				then(http).should(never()).prepareRequest(any());
			});
	}

	@Test
	void signsUrlsThatNeedNoHeader() {
		this.pair
			.withPropertyValues("s3s3.primary.expected-bucket-owner=123456789012",
					"s3s3.primary.credentials.access-key=a", "s3s3.primary.credentials.secret-key=s")
			.run((context) -> {
				var url = context.getBean(S3Presigner.class)
					.presignGetObject((presign) -> presign.signatureDuration(Duration.ofMinutes(1))
						.getObjectRequest((request) -> request.key("k")));
				assertThat(url.isBrowserExecutable()).isTrue();
				assertThat(url.url()).hasHost("east.s3.amazonaws.com");
			});
	}

	@Test
	void sendsTheExpectedBucketOwner() {
		List<String> owners = new ArrayList<>();
		ExecutionInterceptor wire = new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
				owners.add(context.httpRequest().firstMatchingHeader("x-amz-expected-bucket-owner").orElse("none"));
			}

		};
		try (FaultyEndpoint primary = FaultyEndpoint.answering(501, "NotImplemented");
				FaultyEndpoint secondary = FaultyEndpoint.answering(204, "")) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.secondary.expected-bucket-owner=123456789012")
				.withBean(LocationClientCustomizer.class,
						() -> (role, builder) -> builder
							.overrideConfiguration((override) -> override.addExecutionInterceptor(wire)))
				.run((context) -> context.getBean(FailoverS3Template.class).delete("k"));
		}
		assertThat(owners).containsExactly("none", "123456789012");
	}

	@Test
	void takesDualStackAndFipsEndpoints() {
		List<String> hosts = new ArrayList<>();
		ExecutionInterceptor stop = new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
				hosts.add(context.httpRequest().host());
				throw SdkClientException.create("far enough");
			}

		};
		this.pair
			.withPropertyValues("s3s3.primary.dual-stack=true", "s3s3.primary.fips=true",
					"s3s3.primary.credentials.access-key=a", "s3s3.primary.credentials.secret-key=s")
			.withBean(LocationClientCustomizer.class,
					() -> (role, builder) -> builder
						.overrideConfiguration((override) -> override.addExecutionInterceptor(stop)))
			.run((context) -> {
				S3Client client = context.getBean(LocationPair.class).primary().client();
				assertThatException().isThrownBy(() -> client.headBucket((request) -> request.bucket("east")));
				hosts.add(context.getBean(FailoverS3Template.class)
					.createSignedGetUrl("k", Duration.ofMinutes(1))
					.getHost());
			});
		assertThat(hosts).hasSizeGreaterThan(1).containsOnly("east.s3-fips.dualstack.us-east-1.amazonaws.com");
	}

	@Test
	void takesTheCredentialsOfAProfile(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("credentials"),
				"[mine]\naws_access_key_id = from-profile\naws_secret_access_key = s\n");
		this.pair.withSystemProperties("aws.sharedCredentialsFile=" + file)
			.withPropertyValues("s3s3.primary.credentials.profile=mine")
			.run((context) -> assertThat(
					credentialsOf(configurationOf(context.getBean(LocationPair.class), LocationRole.PRIMARY))
						.accessKeyId())
				.isEqualTo("from-profile"));
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
				FaultyEndpoint secondary = FaultyEndpoint.answering(200, "")) {
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
		try (FaultyEndpoint location = FaultyEndpoint.answering(200, "")) {
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

	@Test
	void hasDefaultsThatTheMetadataTell() {
		assertThat(LocationHttpClientBuilder.CONNECT_TIMEOUT).isEqualTo(Duration.ofSeconds(1));
		assertThat(LocationHttpClientBuilder.READ_TIMEOUT).isEqualTo(Duration.ofSeconds(2));
		assertThat(LocationHttpClientBuilder.WRITE_TIMEOUT).isEqualTo(Duration.ofSeconds(2));
		assertThat(LocationHttpClientBuilder.MAX_CONNECTIONS).isEqualTo(50);
	}

	@SuppressWarnings("unchecked")
	private <T> T own(Class<T> type) {
		return (type == LocationPair.class)
				? (T) new LocationPair(io.s3s3.location.Location.of(LocationRole.PRIMARY, mock(S3Client.class), "a"),
						io.s3s3.location.Location.of(LocationRole.SECONDARY, mock(S3Client.class), "b"))
				: mock(type);
	}

	private static S3ServiceClientConfiguration configurationOf(LocationPair locations, LocationRole role) {
		return locations.get(role).client().serviceClientConfiguration();
	}

	private static AwsCredentialsIdentity credentialsOf(S3ServiceClientConfiguration configuration) {
		return configuration.credentialsProvider().resolveIdentity().join();
	}

	private static FailureAnalysis analysisOf(AssertableApplicationContext context) {
		Throwable failure = Objects.requireNonNull(context.getStartupFailure());
		return Objects.requireNonNull(new LocationNotConfiguredFailureAnalyzer().analyze(failure));
	}

	private static void withInfo(Runnable action) {
		Logger logger = (Logger) LoggerFactory.getLogger(S3s3AutoConfiguration.class);
		logger.setLevel(Level.INFO);
		try {
			action.run();
		}
		finally {
			logger.setLevel(null);
		}
	}

	private static int maxAttempts(LocationPair locations) {
		ClientOverrideConfiguration configuration = configurationOf(locations, LocationRole.PRIMARY)
			.overrideConfiguration();
		return configuration.retryStrategy().orElseThrow().maxAttempts();
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
