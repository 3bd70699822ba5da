package io.s3s3.sample.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MemoryBlobStore}.
 */
class MemoryBlobStoreTests {

	private static final int SIZE = 1000;

	private final MemoryBlobStore store = new MemoryBlobStore(3L * (SIZE + MemoryBlobStore.OVERHEAD));

	@BeforeEach
	void createBucket() {
		this.store.createContainer("bucket");
	}

	@Test
	void refusesWhatHasNoRoom() {
		put("1");
		put("2");
		put("3");

		assertRefused("4", S3ErrorCode.ENTITY_TOO_LARGE);

		assertThat(this.store.list("bucket").contents()).hasSize(3);
	}

	@Test
	void hasRoomForWhatTakesThePlaceOfAnother() {
		for (int round = 0; round < 10; round++) {
			put("1");
			put("2");
		}

		assertThat(this.store.list("bucket").contents()).hasSize(2);
	}

	@Test
	void hasRoomAgainWhenAnObjectIsDeleted() {
		put("1");
		put("2");
		put("3");

		this.store.removeBlob("bucket", "2");

		put("4");
		assertRefused("5", S3ErrorCode.ENTITY_TOO_LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "folder", "folder/file/inside", ".", "a/../b" })
	void refusesKeysThatNoFileCanHave(String key) {
		put("folder/file");

		assertRefused(key, S3ErrorCode.INVALID_ARGUMENT);
	}

	@Test
	void readsWhatItRefuses() throws IOException {
		InputStream content = new ByteArrayInputStream(new byte[SIZE]);
		PutObjectRequest request = PutObjectRequest.builder()
			.bucket("bucket")
			.key("large")
			.contentLength(1_000_000_000L)
			.build();

		assertThatExceptionOfType(S3ProxyException.class).isThrownBy(() -> this.store.putBlob(request, content));

		assertThat(content.read()).isEqualTo(-1);
	}

	private void put(String key) {
		this.store.putBlob(PutObjectRequest.builder().bucket("bucket").key(key).contentLength((long) SIZE).build(),
				new ByteArrayInputStream(new byte[SIZE]));
	}

	private void assertRefused(String key, S3ErrorCode code) {
		assertThatExceptionOfType(S3ProxyException.class).isThrownBy(() -> put(key))
			.returns(code, S3ProxyException::getError);
	}

}
