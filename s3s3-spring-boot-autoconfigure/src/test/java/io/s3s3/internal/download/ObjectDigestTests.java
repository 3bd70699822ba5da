package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ObjectDigest}, with the check values of each algorithm for the text
 * {@code 123456789}.
 */
class ObjectDigestTests {

	private static final String MD5 = "\"25f9e794323b453885f5181f1b624d0b\"";

	@ParameterizedTest
	@MethodSource
	void tellsTheBytesFromOthers(Consumer<GetObjectResponse.Builder> checksum) {
		assertThatNoException().isThrownBy(() -> digest("123456789", checksum).requireMatch());
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> digest("123456780", checksum).requireMatch())
			.withMessageContaining("checksum");
	}

	static Stream<Consumer<GetObjectResponse.Builder>> tellsTheBytesFromOthers() {
		return Stream.of((answer) -> answer.checksumCRC32("y/Q5Jg=="), (answer) -> answer.checksumCRC32C("4waSgw=="),
				(answer) -> answer.checksumCRC64NVME("rosUhgp5mIg="),
				(answer) -> answer.checksumSHA1("98O8HYCOBHMq32eZZczDTKeuNEE="),
				(answer) -> answer.checksumSHA256("FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
				(answer) -> answer.checksumMD5("JfnnlDI7RTiF9RgfG2JNCw=="), (answer) -> {
				});
	}

	@Test
	void doesNotTakeChecksumsOfPartsForThatOfTheObject() {
		assertThat(ObjectDigest
			.of(answer((answer) -> answer.eTag("\"25f9e794323b453885f5181f1b624d0b-2\"").checksumCRC32("y/Q5Jg==-2"))))
			.isNull();
	}

	@Test
	void doesNotTakeAChecksumOfPartsForThatOfTheObjectThoughItLooksTheSame() {
		assertThat(of((answer) -> answer.checksumType(ChecksumType.COMPOSITE).checksumCRC32("y/Q5Jg==")).isOfETag())
			.isTrue();
		assertThat(of((answer) -> answer.checksumType(ChecksumType.FULL_OBJECT).checksumCRC32("y/Q5Jg==")).isOfETag())
			.isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "no checksum", "cbf43926", "y/Q5JgA=", "y/Q5" })
	void passesOverWhatIsNoChecksum(String nonsense) {
		assertThat(of((answer) -> answer.checksumCRC32(nonsense)).isOfETag()).isTrue();
		assertThat(of((answer) -> answer.checksumCRC32(nonsense).checksumMD5("JfnnlDI7RTiF9RgfG2JNCw==")).isOfETag())
			.isFalse();
	}

	@Test
	void doesNotTakeTheETagOfAnEncryptedObjectForAnMd5() {
		assertThat(ObjectDigest.of(answer((answer) -> answer.serverSideEncryption(ServerSideEncryption.AWS_KMS))))
			.isNull();
		assertThat(ObjectDigest.of(answer((answer) -> answer.sseCustomerAlgorithm("AES256")))).isNull();
		assertThat(ObjectDigest.of(answer((answer) -> answer.serverSideEncryption(ServerSideEncryption.AES256))))
			.isNotNull();
	}

	@Test
	void saysNothingOfAPartOfAnObject() {
		assertThat(ObjectDigest.of(answer((answer) -> answer.contentRange("bytes 0-8/100")))).isNull();
	}

	@Test
	void tellsWhatRestsOnTheETag() {
		assertThat(of((answer) -> {
		}).isOfETag()).isTrue();
		assertThat(of((answer) -> answer.checksumMD5("JfnnlDI7RTiF9RgfG2JNCw==")).isOfETag()).isFalse();
	}

	private static ObjectDigest digest(String content, Consumer<GetObjectResponse.Builder> checksum) {
		ObjectDigest digest = of(checksum);
		byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
		digest.update(bytes, 0, bytes.length);
		return digest;
	}

	private static ObjectDigest of(Consumer<GetObjectResponse.Builder> checksum) {
		return Objects.requireNonNull(ObjectDigest.of(answer(checksum)));
	}

	private static GetObjectResponse answer(Consumer<GetObjectResponse.Builder> checksum) {
		return GetObjectResponse.builder().eTag(MD5).contentLength(9L).applyMutation(checksum).build();
	}

}
