package io.s3s3.recipe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The encryption client of the SDK over clients whose primary resets each upload.
 */
@Timeout(60)
class EncryptionRecipeTests {

	private static final byte[] CONTENT = "0123456789".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

	private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

	@AutoClose
	private final FaultyEndpoint primary = FaultyEndpoint.resettingInBody();

	@AutoClose
	private final EmbeddedS3 secondary = EmbeddedS3.start("west");

	@AutoClose
	private final AsyncPair pair = AsyncPair.of(this.primary.uri(), this.secondary.endpoint(),
			(builder) -> builder.rounds(4, Duration.ofMillis(1)));

	@Test
	void encryptsWhatGoesToTheOtherLocation() {
		S3Client s3 = EncryptionRecipe.over(this.pair.blocking(), this.pair.client(), KEY).blocking();

		s3.putObject((request) -> request.bucket("east").key("key"), RequestBody.fromBytes(CONTENT));

		assertThat(s3.getObjectAsBytes((request) -> request.bucket("east").key("key")).asByteArray())
			.isEqualTo(CONTENT);
		assertThat(stored()).isNotEqualTo(CONTENT);
	}

	@Test
	void encryptsWhatGoesToTheOtherLocationAsynchronously() {
		S3AsyncClient s3 = EncryptionRecipe.over(this.pair.blocking(), this.pair.client(), KEY).asynchronous();

		s3.putObject((request) -> request.bucket("east").key("key"), AsyncRequestBody.fromBytes(CONTENT)).join();

		assertThat(s3.getObject((request) -> request.bucket("east").key("key"), AsyncResponseTransformer.toBytes())
			.join()
			.asByteArray()).isEqualTo(CONTENT);
		assertThat(stored()).isNotEqualTo(CONTENT);
	}

	private byte[] stored() {
		try (S3Client direct = this.secondary.client()) {
			return direct.getObjectAsBytes((request) -> request.bucket("west").key("key")).asByteArray();
		}
	}

}
