package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.awspring.cloud.autoconfigure.s3.S3TransferManagerAutoConfiguration;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.BlockingInputStreamAsyncRequestBody;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.FileUpload;
import software.amazon.awssdk.transfer.s3.model.Upload;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The transfer manager that Spring Cloud AWS makes, whose transfers go over our client.
 */
class TransferManagerIntegrationTests {

	private static final String BUCKET = "east";

	@TempDir
	private Path folder;

	private EmbeddedS3 east;

	private EmbeddedS3 west;

	private FaultProxy primary;

	private byte[] content;

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start(BUCKET);
		this.west = EmbeddedS3.start("west");
		this.primary = FaultProxy.to(this.east.endpoint());
		this.content = new byte[9 << 20];
		new Random(1).nextBytes(this.content);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.east.close();
		this.west.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "FORWARD", "REFUSE", "UNAVAILABLE" })
	void transfersWhateverThePrimaryDoes(Mode mode) {
		Contexts.pair(this.primary.uri(), BUCKET, this.west.endpoint(), "west")
			.withConfiguration(AutoConfigurations.of(S3TransferManagerAutoConfiguration.class))
			.run((context) -> {
				S3TransferManager transfers = context.getBean(S3TransferManager.class);
				this.primary.mode(mode);

				uploadsAndDownloadsAFile(transfers);
				uploadsWhatHasNoLength(transfers);
				uploadsAndDownloadsAFolder(transfers);
			});
	}

	@Test
	void cannotPauseAnUpload() {
		Contexts.pair(this.primary.uri(), BUCKET, this.west.endpoint(), "west")
			.withConfiguration(AutoConfigurations.of(S3TransferManagerAutoConfiguration.class))
			.run((context) -> {
				Path source = Files.write(this.folder.resolve("source"), this.content);
				FileUpload upload = context.getBean(S3TransferManager.class)
					.uploadFile((request) -> request.source(source)
						.putObjectRequest((put) -> put.bucket(BUCKET).key("file")));

				assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(upload::pause);
				upload.completionFuture().join();
			});
	}

	private void uploadsAndDownloadsAFile(S3TransferManager transfers) throws IOException {
		Path source = Files.write(this.folder.resolve("source"), this.content);
		Path target = this.folder.resolve("target");
		transfers
			.uploadFile(
					(upload) -> upload.source(source).putObjectRequest((request) -> request.bucket(BUCKET).key("file")))
			.completionFuture()
			.join();
		transfers.copy((copy) -> copy.copyObjectRequest((request) -> request.sourceBucket(BUCKET)
			.sourceKey("file")
			.destinationBucket(BUCKET)
			.destinationKey("copy"))).completionFuture().join();
		download(transfers, "copy", target);
		assertThat(target).hasBinaryContent(this.content);
	}

	private void uploadsWhatHasNoLength(S3TransferManager transfers) {
		BlockingInputStreamAsyncRequestBody body = AsyncRequestBody.forBlockingInputStream(null);
		Upload upload = transfers
			.upload((request) -> request.requestBody(body).putObjectRequest((put) -> put.bucket(BUCKET).key("stream")));
		body.writeInputStream(new ByteArrayInputStream(this.content));
		upload.completionFuture().join();

		Path target = this.folder.resolve("stream");
		download(transfers, "stream", target);
		assertThat(target).hasBinaryContent(this.content);
	}

	private void uploadsAndDownloadsAFolder(S3TransferManager transfers) throws IOException {
		Path source = Files.createDirectory(this.folder.resolve("sources"));
		for (int i = 0; i < 5; i++) {
			Files.writeString(source.resolve("file" + i), "content " + i);
		}
		assertThat(transfers.uploadDirectory((upload) -> upload.source(source).bucket(BUCKET).s3Prefix("folder"))
			.completionFuture()
			.join()
			.failedTransfers()).isEmpty();

		Path target = this.folder.resolve("targets");
		assertThat(transfers
			.downloadDirectory((download) -> download.destination(target)
				.bucket(BUCKET)
				.listObjectsV2RequestTransformer((listing) -> listing.prefix("folder/")))
			.completionFuture()
			.join()
			.failedTransfers()).isEmpty();
		assertThat(target.resolve("file4")).hasContent("content 4");
	}

	private static void download(S3TransferManager transfers, String key, Path target) {
		transfers
			.downloadFile((download) -> download.destination(target)
				.getObjectRequest((request) -> request.bucket(BUCKET).key(key)))
			.completionFuture()
			.join();
	}

}
