package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the properties of the two locations are refused for, and what is told of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocationPropertiesTests extends AbstractS3s3AutoConfigurationTests {

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
	void hasDefaultsThatTheMetadataTell() {
		assertThat(LocationHttpClientBuilder.CONNECT_TIMEOUT).isEqualTo(Duration.ofSeconds(1));
		assertThat(LocationHttpClientBuilder.READ_TIMEOUT).isEqualTo(Duration.ofSeconds(2));
		assertThat(LocationHttpClientBuilder.WRITE_TIMEOUT).isEqualTo(Duration.ofSeconds(2));
		assertThat(LocationHttpClientBuilder.MAX_CONNECTIONS).isEqualTo(50);
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

}
