package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.ResponseReceived;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the joined bytes of a download that broke midway are verified: what is kept by
 * whatever checksum there is, streams by that only where it is asked for.
 */
class ResumedDownloadChecksumIntegrationTests extends AbstractResumedDownloadTests {

	private static final String DIGESTED = "s3s3.transfer.digest-streams=true";

	@ParameterizedTest
	@MethodSource("restartable")
	void startsOverWhenTheJoinedBytesAreNotTheObject(Form form) {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> length < CONTENT.length);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(this.folder.toFile().list()).hasSize((form == Form.FILE) ? 1 : 0);
			assertThat(of(DownloadResumed.class)).isNotEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void namesTheLocationWhoseSecondAnswerBroughtAll(Form form) {
		AtomicInteger answers = new AtomicInteger();
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (answers.getAndIncrement() == 0) ? 1000 : length);
			this.secondary.corrupt((length) -> true);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).hasSize(1);
			assertThat(of(RequestCompleted.class)).extracting(RequestCompleted::getLocation)
				.containsExactly(LocationRole.PRIMARY);
			assertThat(of(ResponseReceived.class)).extracting(ResponseReceived::getLocation)
				.containsExactly(LocationRole.SECONDARY, LocationRole.PRIMARY);
		});
	}

	@ParameterizedTest
	@MethodSource("checksums")
	void neverEndsAStreamWhoseJoinedBytesAreNotTheObject(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> true);
			InputStream stream = template.downloadAsStream(KEY);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.readNBytes(CONTENT.length))
				.withMessageContaining("do not match its checksum");

			assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
		}, DIGESTED);
	}

	@ParameterizedTest
	@MethodSource("checksums")
	void joinsWhatItsChecksumSays(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);
		}, DIGESTED);
	}

	static Stream<String> checksums() {
		return Stream.of("x-amz-checksum-crc32: " + crc32(CONTENT), "x-amz-checksum-crc64nvme: " + crc64(CONTENT),
				"x-amz-checksum-sha256: " + digest("SHA-256", CONTENT), "x-comment: there is only the ETag, an MD5");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "x-amz-checksum-crc32: ???", "x-amz-checksum-sha512: AA==", "x-amz-checksum-md5: nonsense" })
	void passesOverAChecksumThatIsNone(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).hasSize(1);
		}, DIGESTED);
	}

	@ParameterizedTest
	@MethodSource("checksums")
	void leavesAStreamToItsETagAndItsLengthUnlessItIsToBeDigested(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> true);

			assertThat(Form.STREAM.read(template, this.folder)).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);

			assertThat(this.secondary.requests().get(0).toLowerCase(Locale.ROOT)).contains("if-match: ");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void asksForTheChecksumOnlyWhereItIsToBeDigested(boolean digested) {
		run((template) -> {
			Form.STREAM.read(template, this.folder);

			assertThat(this.primary.requests().get(0).toLowerCase(Locale.ROOT).contains("x-amz-checksum-mode: enabled"))
				.isEqualTo(digested);
		}, "s3s3.transfer.digest-streams=" + digested);
	}

	@Test
	void leavesTheBytesOfOneAnswerToTheSdkWhereThereIsOnlyAnETag() {
		run((template) -> {
			this.primary.corrupt((length) -> true);

			assertThat(Form.STREAM.read(template, this.folder)).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void goesElsewhereWhenTheBytesOfOneAnswerAreNotTheObject(Form form) {
		this.primary.addHeader("x-amz-checksum-crc32: " + crc32(CONTENT));
		run((template) -> {
			this.primary.corrupt((length) -> true);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(RequestFailedOver.class)).hasSize(1);
		}, DIGESTED);
	}

	@ParameterizedTest
	@EnumSource
	void knowsTheEndOfAnAnswerThatDoesNotTellIt(Form form) {
		this.primary.hideLength();
		this.secondary.hideLength();
		run((template) -> {
			this.primary.cut(Cut.STALL, (length) -> (length == CONTENT.length) ? 1000 : length);
			this.secondary.cut(Cut.CLOSE, (length) -> 2000);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).extracting(DownloadResumed::getPosition)
				.containsExactly(1000L, 3000L);
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.endsWith((long) CONTENT.length);
		});
	}

	@Test
	void tellsTheEndOfAnAnswerThatDoesNotTellIt() {
		this.primary.hideLength();
		run((template) -> {
			assertThat(Form.BYTES.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.endsWith((long) CONTENT.length);
		});
	}

	private static String crc32(byte[] content) {
		CRC32 crc = new CRC32();
		crc.update(content);
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	private static String crc64(byte[] content) {
		long crc = -1;
		for (byte value : content) {
			crc ^= value & 0xFF;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				crc = (crc >>> 1) ^ (((crc & 1) != 0) ? 0x9A6C9329AC4BC9B5L : 0);
			}
		}
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(8).putLong(~crc).array());
	}

	private static String digest(String algorithm, byte[] content) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
