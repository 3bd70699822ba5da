package io.s3s3.internal.download;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverResponseTransformer}.
 */
class FailoverResponseTransformerTests {

	private static final String MD5 = "\"25f9e794323b453885f5181f1b624d0b\"";

	private static final String NO_MD5 = "\"no MD5\"";

	private static final String CRC32 = "y/Q5Jg==";

	@TempDir
	private Path folder;

	private final List<ResumePoint> broken = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "STREAM, true, true", "BYTES, true, true", "FILE, true, true", "STREAM, false, false",
			"BYTES, false, true", "FILE, false, true" })
	void letsTheVersionStandInForTheETagWhereADigestWillTell(Form form, boolean digestStreams, boolean verified)
			throws Exception {
		assertThat(download(form, digestStreams, MD5, (answer) -> {
		})).isEqualTo(verified);
		assertThat(download(form, digestStreams, NO_MD5, (answer) -> answer.checksumCRC32(CRC32))).isEqualTo(verified);
		assertThat(download(form, digestStreams, NO_MD5, (answer) -> {
		})).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void letsTheVersionStandInForAnETagThatSaysNothingOfTheBytes(Form form) throws Exception {
		assertThat(download(form, false, MD5, (answer) -> answer.serverSideEncryption(ServerSideEncryption.AWS_KMS)))
			.isTrue();
		assertThat(download(form, false, NO_MD5, (answer) -> answer.sseCustomerAlgorithm("AES256"))).isTrue();
	}

	private boolean download(Form form, boolean digestStreams, String eTag, Consumer<GetObjectResponse.Builder> more)
			throws Exception {
		this.broken.clear();
		TransferSettings settings = TransferSettings.builder().digestStreams(digestStreams).build();
		GetObjectResponse answer = GetObjectResponse.builder().eTag(eTag).contentLength(9L).applyMutation(more).build();
		Object result = new FailoverResponseTransformer<>(form.transformer(this.folder, settings), settings, null,
				new Rests(), false)
			.transform(answer, breaking("12345"));
		if (result instanceof InputStream stream) {
			assertThat(stream.readAllBytes()).asString().isEqualTo("123456789");
		}
		assertThat(this.broken).hasSize(1);
		return this.broken.get(0).versionSuffices();
	}

	private static AbortableInputStream breaking(String content) {
		InputStream broken = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("broken");
			}

		};
		return AbortableInputStream.create(
				new SequenceInputStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)), broken));
	}

	/**
	 * How the caller takes the object.
	 */
	enum Form {

		STREAM, BYTES, FILE;

		ResponseTransformer<GetObjectResponse, ?> transformer(Path folder, TransferSettings settings) {
			return switch (this) {
				case STREAM -> ResponseTransformer.toInputStream();
				case BYTES -> ResponseTransformer.toBytes();
				case FILE -> new FileDownload(folder.resolve("target" + UUID.randomUUID()), settings);
			};
		}

	}

	/**
	 * Has the rest of everything.
	 */
	private final class Rests implements DownloadResumer {

		@Override
		public void begin(@Nullable S3Response response) {
		}

		@Override
		public BodySegment resume(ResumePoint broken) {
			FailoverResponseTransformerTests.this.broken.add(broken);
			byte[] rest = "123456789".substring((int) broken.position()).getBytes(StandardCharsets.US_ASCII);
			return new BodySegment(broken.object(), rest[0],
					AbortableInputStream.create(new ByteArrayInputStream(rest, 1, rest.length - 1)), this, null);
		}

		@Override
		public BodySegment open(ObjectRange part, boolean versionSuffices) {
			throw new IllegalStateException();
		}

		@Override
		public boolean hasJoined() {
			return false;
		}

	}

}
