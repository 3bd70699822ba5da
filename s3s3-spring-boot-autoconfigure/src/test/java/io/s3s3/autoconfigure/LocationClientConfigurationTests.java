package io.s3s3.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

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
 * How the clients of the two locations are configured.
 */
class LocationClientConfigurationTests extends AbstractS3s3AutoConfigurationTests {

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
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(501, "NotImplemented");
				FaultyEndpoint secondary = AnsweringEndpoint.answering(204, "")) {
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

	// With a method to close it, an application processed ahead of time would be warned
	// of
	// a client that is closed too early whenever it stops.
	@ParameterizedTest
	@ValueSource(strings = { "primaryS3Client", "secondaryS3Client", "primaryS3AsyncClient", "secondaryS3AsyncClient" })
	void hasNoMethodToCloseAClientThatEndsWithTheContext(String name) {
		this.pair.run((context) -> {
			assertThat(context.getBean(name)).isInstanceOf(DisposableBean.class);
			assertThat(context.getBeanFactory().getMergedBeanDefinition(name).getDestroyMethodName()).isNullOrEmpty();
		});
	}

	private static AwsCredentialsIdentity credentialsOf(S3ServiceClientConfiguration configuration) {
		return configuration.credentialsProvider().resolveIdentity().join();
	}

	private static int maxAttempts(LocationPair locations) {
		ClientOverrideConfiguration configuration = configurationOf(locations, LocationRole.PRIMARY)
			.overrideConfiguration();
		return configuration.retryStrategy().orElseThrow().maxAttempts();
	}

}
