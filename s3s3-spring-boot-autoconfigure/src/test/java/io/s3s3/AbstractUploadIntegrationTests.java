package io.s3s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OpenFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two locations behind proxies that cut connections, and nothing left behind after each
 * test.
 */
abstract class AbstractUploadIntegrationTests {

	static final int MB = 1024 * 1024;

	static EmbeddedS3 east;

	static EmbeddedS3 west;

	static S3Client eastern;

	static S3Client western;

	@TempDir
	Path folder;

	FaultProxy primary;

	FaultProxy secondary;

	@BeforeAll
	static void startServers() {
		east = EmbeddedS3.start("east");
		west = EmbeddedS3.start("west");
		eastern = east.client();
		western = west.client();
	}

	@AfterAll
	static void stopServers() {
		eastern.close();
		western.close();
		east.close();
		west.close();
	}

	@BeforeEach
	void startProxies() {
		this.primary = FaultProxy.to(east.endpoint());
		this.secondary = FaultProxy.to(west.endpoint());
	}

	@AfterEach
	void leavesNothingBehind() throws IOException {
		this.primary.close();
		this.secondary.close();
		// What could not be aborted is left to the next process.
		assertThat(this.folder).isDirectoryNotContaining((file) -> !file.toString().endsWith(".uploads"));
		assertThat(OpenFiles.in(this.folder)).isZero();
		empty(eastern, "east");
		empty(western, "west");
	}

	void run(TemplateConsumer consumer) {
		runner().run((context) -> consumer.accept(context.getBean(FailoverS3Template.class)));
	}

	ApplicationContextRunner runner() {
		return Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.transfer.directory=" + this.folder);
	}

	static byte[] at(S3Client client, String bucket) {
		return client.getObjectAsBytes((request) -> request.bucket(bucket).key("k")).asByteArray();
	}

	static void empty(S3Client client, String bucket) {
		client.deleteObject((request) -> request.bucket(bucket).key("k"));
		client.listMultipartUploads((request) -> request.bucket(bucket))
			.uploads()
			.forEach((upload) -> client.abortMultipartUpload(
					(request) -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
	}

	static int uploadsAt(S3Client client, String bucket) {
		return client.listMultipartUploads((request) -> request.bucket(bucket)).uploads().size();
	}

	static byte[] randomBytes(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	/**
	 * Uses a template.
	 */
	@FunctionalInterface
	interface TemplateConsumer {

		void accept(FailoverS3Template template) throws Exception;

	}

}
