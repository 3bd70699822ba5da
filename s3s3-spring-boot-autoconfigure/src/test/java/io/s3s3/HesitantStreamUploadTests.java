package io.s3s3;

import java.io.InputStream;
import java.util.Random;
import java.util.function.Function;

import io.s3s3.testkit.Closer;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.HesitantStream;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.core.io.InputStreamResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Uploads of streams that have no byte yet when they are read, to a primary that is
 * there, and past one that is not.
 */
class HesitantStreamUploadTests {

	private static final byte[] CONTENT = content(3_000_001);

	private static final PutObjectRequest REQUEST = PutObjectRequest.builder().key("k").build();

	private static EmbeddedS3 server;

	private static S3Client stored;

	@AutoClose
	private final Closer closer = new Closer();

	@BeforeAll
	static void start() {
		server = EmbeddedS3.start("east");
		stored = server.client();
	}

	@AfterAll
	static void stop() {
		stored.close();
		server.close();
	}

	@ParameterizedTest
	@MethodSource("uploads")
	void storesAllOfAStreamThatHesitates(Upload upload) {
		upload.store(client(server.client()), new HesitantStream(CONTENT, 3));

		assertThat(stored()).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@MethodSource("uploads")
	void failsOverWithAllOfAStreamThatHesitates(Upload upload) {
		try (FaultyEndpoint dead = FaultyEndpoint.refusing()) {
			upload.store(client(EmbeddedS3.client(dead.uri())), new HesitantStream(CONTENT, 1));
		}

		assertThat(stored()).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@MethodSource("uploadsOfTheTemplate")
	void storesAllOfAStreamThatGivesOnlySingleBytes(Upload upload) {
		upload.store(client(server.client()), HesitantStream.givingSingleBytes(CONTENT));

		assertThat(stored()).isEqualTo(CONTENT);
	}

	@Test
	void refusesAStreamThatClaimsToHaveReadMoreThanItWasAskedFor() {
		InputStream broken = new InputStream() {

			@Override
			public int read() {
				return 1;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				return length + 1;
			}

		};

		assertThatException()
			.isThrownBy(() -> new FailoverS3Template(client(server.client()), null).upload("k", broken))
			.havingRootCause()
			.withMessageContaining("The stream is broken")
			.withMessageContaining("returned");
	}

	static Named<Upload>[] uploads() {
		Function<InputStream, RequestBody> sized = (stream) -> RequestBody.fromInputStream(stream, CONTENT.length);
		Function<InputStream, RequestBody> unsized = (stream) -> RequestBody.fromContentProvider(() -> stream, "a/b");
		return named(
				Named.of("put of known length", (client, stream) -> client.putObject(REQUEST, sized.apply(stream))),
				Named.of("put of unknown length", (client, stream) -> client.putObject(REQUEST, unsized.apply(stream))),
				Named.of("upload of known length", (client, stream) -> client.upload(REQUEST, sized.apply(stream))),
				Named.of("upload of unknown length", (client, stream) -> client.upload(REQUEST, unsized.apply(stream))),
				uploadsOfTheTemplate()[0], uploadsOfTheTemplate()[1]);
	}

	static Named<Upload>[] uploadsOfTheTemplate() {
		return named(Named.of("stream", (client, stream) -> new FailoverS3Template(client, null).upload("k", stream)),
				Named.of("resource", (client, stream) -> new FailoverS3Template(client, null).upload("k",
						new InputStreamResource(stream))));
	}

	@SafeVarargs
	private static Named<Upload>[] named(Named<Upload>... uploads) {
		return uploads;
	}

	private FailoverS3Client client(S3Client primary) {
		return this.closer.add(FailoverS3Client.builder()
			.primary(primary, "east")
			.secondary(server.client(), "east")
			.transfer(TransferSettings.builder().multipartThreshold(DataSize.ofMegabytes(1)).build())
			.build());
	}

	private static byte[] stored() {
		return stored.getObjectAsBytes((request) -> request.bucket("east").key("k")).asByteArray();
	}

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

	@FunctionalInterface
	interface Upload {

		void store(FailoverS3Client client, InputStream stream);

	}

}
