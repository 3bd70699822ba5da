package io.s3s3;

import java.util.stream.IntStream;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a failure is blamed on, over real sockets: a location, or the request.
 */
class BlameIntegrationTests {

	private static final int MANY = 12;

	@ParameterizedTest
	@CsvSource({ "500, InternalError", "403, SignatureDoesNotMatch", "404, NoSuchBucket", "502, ''" })
	void blamesNobodyForWhatAllLocationsFailAlike(int status, String code) {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(status, code);
				FaultyEndpoint secondary = AnsweringEndpoint.answering(status, code)) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> read(template, "key-" + i));

				assertStatus(context, LocationStatus.UP, LocationStatus.UP);
			});
		}
	}

	@Test
	void blamesNobodyForAnObjectThatIsBrokenEverywhere() {
		Answer broken = Answer.success("content").with("x-amz-checksum-crc32: AAAAAA==");
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(broken);
				FaultyEndpoint secondary = AnsweringEndpoint.answering(broken)) {
			pair(primary, secondary).withPropertyValues("s3s3.transfer.digest-streams=true").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> read(template, "key-" + i));

				assertStatus(context, LocationStatus.UP, LocationStatus.UP);
			});
		}
	}

	@Test
	void blamesNobodyForHangingUpOnARequestThatIsWrong() {
		try (FaultyEndpoint primary = FaultyEndpoint.closing();
				FaultyEndpoint secondary = AnsweringEndpoint.answering(400, "MetadataTooLarge")) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> read(template, "key-" + i));

				assertStatus(context, LocationStatus.UP, LocationStatus.UP);
			});
		}
	}

	@Test
	void blamesALocationForWhatTheOtherOneServes() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(500, "InternalError");
				EmbeddedS3 secondary = EmbeddedS3.start("west")) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> template.upload("key-" + i, new byte[1]));

				assertStatus(context, LocationStatus.OUT, LocationStatus.UP);
			});
		}
	}

	@Test
	void blamesALocationForOneObjectOnlyAsFarAsThatGoes() {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(500, "InternalError");
				EmbeddedS3 secondary = EmbeddedS3.start("west")) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> template.upload("key", new byte[1]));

				assertStatus(context, LocationStatus.UP, LocationStatus.UP);
			});
		}
	}

	@Test
	void blamesBothLocationsThatCannotBeReached() {
		try (FaultyEndpoint primary = FaultyEndpoint.refusing(); FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				IntStream.range(0, MANY).forEach((i) -> read(template, "key"));

				assertStatus(context, LocationStatus.OUT, LocationStatus.OUT);
			});
		}
	}

	@Test
	void blamesNobodyForTheTimeThatACallAllowsItself() {
		try (FaultyEndpoint primary = FaultyEndpoint.silent(); FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			pair(primary, secondary).run((context) -> {
				S3Client client = context.getBean(S3Client.class);

				for (int i = 0; i < MANY; i++) {
					String key = "key-" + i;
					assertThat(catchThrowable(() -> client.headObject((request) -> request.key(key)
						.overrideConfiguration((own) -> own.apiCallTimeout(java.time.Duration.ofMillis(20))))))
						.isInstanceOf(SdkException.class);
				}

				assertStatus(context, LocationStatus.UP, LocationStatus.UP);
			});
		}
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
			.withPropertyValues("s3s3.failover.max-rounds=1", "s3s3.circuit.without-success=0");
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, EmbeddedS3 secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.endpoint(), "west")
			.withPropertyValues("s3s3.circuit.without-success=0");
	}

	private static void read(FailoverS3Template template, String key) {
		assertThat(catchThrowable(() -> template.downloadAsBytes(key))).isInstanceOf(SdkException.class);
	}

	private static void assertStatus(ApplicationContext context, LocationStatus primary, LocationStatus secondary) {
		FailoverControl control = context.getBean(FailoverControl.class);
		assertThat(control.status().get(LocationRole.PRIMARY).status()).isEqualTo(primary);
		assertThat(control.status().get(LocationRole.SECONDARY).status()).isEqualTo(secondary);
	}

}
