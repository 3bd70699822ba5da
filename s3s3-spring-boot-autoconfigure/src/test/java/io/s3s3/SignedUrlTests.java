package io.s3s3;

import java.time.Duration;
import java.util.Map;

import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for URLs that others use.
 */
class SignedUrlTests {

	private static final Duration VALIDITY = Duration.ofMinutes(1);

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	private final ApplicationContextRunner pair = Contexts.pair(east.endpoint(), "east", west.endpoint(), "west");

	@ParameterizedTest
	@ValueSource(strings = { "a b+c%20d", "\u00fc/\u20ac/\uD83D\uDE00", "a?b=c&d#e", "q'\"<>\\|^`{}", "line\nbreak" })
	void areOfTheObjectThatTheirKeyNames(String key) {
		this.pair.run((context) -> {
			FailoverS3Template s3 = context.getBean(FailoverS3Template.class);
			s3.upload(key, new byte[] { 42 });

			try (var content = s3.createSignedGetUrl(key, VALIDITY).openStream()) {
				assertThat(content.readAllBytes()).containsExactly(42);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\uD83Db", "\uDE00" })
	void areNotMadeForAKeyThatWouldBeThatOfAnotherObject(String key) {
		this.pair.run((context) -> {
			FailoverS3Template s3 = context.getBean(FailoverS3Template.class);

			assertThatIllegalArgumentException().isThrownBy(() -> s3.createSignedGetUrl(key, VALIDITY))
				.withMessageStartingWith("The Key");
			assertThatIllegalArgumentException().isThrownBy(() -> s3.createSignedPutUrl(key, VALIDITY))
				.withMessageStartingWith("The Key");
		});
	}

	@Test
	void areNotMadeForMetadataThatNoHeaderCarries() {
		this.pair.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(S3Presigner.class)
				.presignPutObject((presign) -> presign.signatureDuration(VALIDITY)
					.putObjectRequest((put) -> put.key("key").metadata(Map.of("name", "\u00fc")))))
			.withMessageContaining("name"));
	}

	@Test
	void areThoseOfTheLocationThatTookTheLastWrite() {
		this.pair.run((context) -> {
			FailoverS3Template s3 = context.getBean(FailoverS3Template.class);
			FailoverControl control = context.getBean(FailoverControl.class);
			control.force(LocationRole.SECONDARY);
			s3.upload("away", new byte[1]);
			control.release();

			assertThat(s3.createSignedGetUrl("away", VALIDITY).getPath()).isEqualTo("/west/away");
			assertThat(s3.createSignedGetUrl("other", VALIDITY).getPath()).isEqualTo("/east/other");
		});
	}

}
