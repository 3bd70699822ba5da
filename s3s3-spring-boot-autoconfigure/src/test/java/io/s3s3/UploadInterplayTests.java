package io.s3s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.DiscardingS3;
import io.s3s3.testkit.DiscardingS3.ContentDigest;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OneShot;
import io.s3s3.testkit.OpenFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How uploads get on with what the SDK does on the wire, against a server that checks
 * every checksum.
 */
class UploadInterplayTests {

	private static final int MB = 1024 * 1024;

	private static final int PART = 8 * MB;

	@TempDir
	private Path folder;

	private DiscardingS3 east;

	private DiscardingS3 west;

	private FaultProxy primary;

	private FaultProxy secondary;

	@BeforeEach
	void start() {
		this.east = DiscardingS3.start();
		this.west = DiscardingS3.start();
		this.primary = FaultProxy.to(this.east.uri());
		this.secondary = FaultProxy.to(this.west.uri());
	}

	@AfterEach
	void stop() throws IOException {
		this.primary.close();
		this.secondary.close();
		this.east.close();
		this.west.close();
		assertThat(OpenFiles.in(this.folder)).isZero();
	}

	@Test
	void sendsTrailingChecksumsInSignedChunksAfterAskingForLeave() {
		byte[] content = randomBytes(3 * MB);
		runner().run((context) -> {
			put(context.getBean(FailoverS3Template.class), new OneShot(content), content.length);

			assertThat(this.east.digest("/east/k")).isEqualTo(digest(content, content.length));
			assertThat(head("PUT")).containsIgnoringCase("Expect: 100-continue")
				.containsIgnoringCase("x-amz-trailer: x-amz-checksum-crc32")
				.contains("STREAMING-");
		});
	}

	@Test
	void replaysTrailingChecksumsAtTheOtherLocation() {
		byte[] content = randomBytes(3 * MB);
		this.primary.cutAfter(MB);
		runner().run((context) -> {
			put(context.getBean(FailoverS3Template.class), new OneShot(content), content.length);

			assertThat(this.west.digest("/west/k")).isEqualTo(digest(content, content.length));
		});
	}

	@Test
	void tellsTheChecksumOfEachPartWhenItCompletes() {
		byte[] content = randomBytes(20 * MB);
		this.primary.cutAfter(12 * MB);
		runner().run((context) -> {
			context.getBean(FailoverS3Template.class).upload("k", new OneShot(content));

			assertThat(this.west.digest("/west/k")).isEqualTo(digest(content, PART));
			assertThat(this.secondary.heads()).anyMatch((head) -> head.contains("x-amz-checksum-algorithm: CRC32"));
			assertThat(this.west.openUploads()).isZero();
		});
	}

	@Test
	void sendsNoChecksumWhereNoneIsWanted() {
		byte[] content = randomBytes(20 * MB);
		runner().withPropertyValues("s3s3.primary.checksum-calculation=when-required").run((context) -> {
			context.getBean(FailoverS3Template.class).upload("k", new OneShot(content));

			assertThat(this.east.digest("/east/k")).isEqualTo(digest(content, PART));
			assertThat(this.primary.heads()).noneMatch((head) -> head.contains("x-amz-checksum-algorithm"));
		});
	}

	@Test
	void sendsContentWithAChecksumOfTheWholeByOneRequest() {
		byte[] content = randomBytes(20 * MB);
		runner().run((context) -> {
			context.getBean(FailoverS3Template.class)
				.upload(PutObjectRequest.builder().key("k").checksumCRC32(base64Crc(content)).build(),
						RequestBody.fromInputStream(new OneShot(content), content.length));

			assertThat(this.east.digest("/east/k")).isEqualTo(digest(content, content.length));
		});
	}

	@Test
	void letsTheSdkSendAOneShotStreamAgainAtTheSameLocation() {
		byte[] content = randomBytes(3 * MB);
		this.primary.cutOnceAfter(2 * MB);
		runner().run((context) -> {
			List<RequestEvent> failovers = new ArrayList<>();
			OneShot stream = new OneShot(content);

			put(context.getBean(FailoverS3Template.class).on(RequestFailedOver.class, failovers::add), stream,
					content.length);

			assertThat(this.east.digest("/east/k")).isEqualTo(digest(content, content.length));
			assertThat(stream.count()).isEqualTo(content.length);
			assertThat(failovers).isEmpty();
		});
	}

	@Test
	void tellsTheOriginalFailureThoughTheSdkCouldNotSendTheBodyAgain() {
		byte[] content = randomBytes(3 * MB);
		this.primary.cutAfter(5 * MB / 2);
		runner().withPropertyValues("s3s3.transfer.spool-limit=0B").run((context) -> {
			Throwable error = catchThrowable(
					() -> put(context.getBean(FailoverS3Template.class), new OneShot(content), content.length));

			assertThat(error).isInstanceOf(SdkClientException.class);
			assertThat(error).hasStackTraceContaining("Connection reset");
			assertThat(this.secondary.heads()).isEmpty();
		});
	}

	@Test
	void failsOnceWhenTheStreamIsShorterThanItsLength() {
		runner().run((context) -> {
			Throwable error = catchThrowable(
					() -> put(context.getBean(FailoverS3Template.class), new OneShot(new byte[1000]), 2000));

			assertThat(error).isInstanceOf(IllegalStateException.class).hasMessageContaining("fewer bytes");
			assertThat(this.secondary.heads()).isEmpty();
		});
	}

	private String head(String method) {
		return this.primary.heads().stream().filter((head) -> head.startsWith(method)).findFirst().orElseThrow();
	}

	private ApplicationContextRunner runner() {
		return Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.transfer.directory=" + this.folder);
	}

	private static void put(FailoverS3Operations template, OneShot stream, long length) {
		template.putObject((request) -> request.key("k"), RequestBody.fromInputStream(stream, length));
	}

	private static String digest(byte[] content, int partSize) {
		ContentDigest digest = new ContentDigest();
		for (int from = 0; from < content.length; from += partSize) {
			int length = Math.min(partSize, content.length - from);
			CRC32 crc = new CRC32();
			crc.update(content, from, length);
			digest.add(length, crc.getValue());
		}
		return digest.toString();
	}

	private static String base64Crc(byte[] content) {
		CRC32 crc = new CRC32();
		crc.update(content);
		return java.util.Base64.getEncoder()
			.encodeToString(java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	private static byte[] randomBytes(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

}
