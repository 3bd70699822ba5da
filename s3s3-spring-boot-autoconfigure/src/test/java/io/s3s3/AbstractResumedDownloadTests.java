package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two locations whose answers break where a test wants it.
 */
abstract class AbstractResumedDownloadTests {

	static final String KEY = "folder/large";

	static final byte[] CONTENT = random(300_000);

	static EmbeddedS3 east;

	static EmbeddedS3 west;

	@TempDir
	Path folder;

	DownloadCutter primary;

	DownloadCutter secondary;

	final List<RequestEvent> events = new ArrayList<>();

	@BeforeAll
	static void startServers() {
		east = EmbeddedS3.start("east");
		west = EmbeddedS3.start("west");
	}

	@AfterAll
	static void stopServers() {
		east.close();
		west.close();
	}

	@BeforeEach
	void start() {
		put(east, CONTENT);
		put(west, CONTENT);
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
	}

	static Stream<Form> restartable() {
		return Stream.of(Form.BYTES, Form.FILE);
	}

	void run(Check check, String... properties) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues(Contexts.primaryTimeouts(Duration.ofMillis(500)))
			.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.secondary.max-connections=1",
					"s3s3.secondary.read-timeout=10s", "s3s3.failover.max-rounds=1", "s3s3.failover.back-off=1ms")
			.withPropertyValues(properties)
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				check.accept((FailoverS3Template) template.on(RequestEvent.class, this.events::add));
				this.events.clear();
				this.primary.cut(Cut.CLOSE, (length) -> Long.MAX_VALUE);
				this.secondary.cut(Cut.CLOSE, (length) -> Long.MAX_VALUE);
				FailoverS3Operations view = template.on(RequestEvent.class, this.events::add);
				view.headObject((request) -> request.key(KEY));
				assertThat(of(RequestFailedOver.class)).as("the primary's connection is free").isEmpty();
			});
	}

	<E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	static String put(EmbeddedS3 server, byte[] content) {
		try (S3Client client = server.client()) {
			return client
				.putObject((request) -> request.bucket(server.bucket()).key(KEY), RequestBody.fromBytes(content))
				.versionId();
		}
	}

	static void delete(EmbeddedS3 server) {
		try (S3Client client = server.client()) {
			client.deleteObject((request) -> request.bucket(server.bucket()).key(KEY));
		}
	}

	static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/**
	 * How the caller takes the object.
	 */
	enum Form {

		STREAM {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				try (InputStream stream = template.downloadAsStream(KEY)) {
					return stream.readAllBytes();
				}
			}

		},

		SINGLE_BYTES {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				try (InputStream stream = template.downloadAsStream(KEY)) {
					for (int value = stream.read(); value >= 0; value = stream.read()) {
						bytes.write(value);
					}
				}
				return bytes.toByteArray();
			}

		},

		BYTES {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				return template.downloadAsBytes(KEY);
			}

		},

		FILE {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				template.download(KEY, target);
				return Files.readAllBytes(target);
			}

		},

		CUSTOM_TRANSFORMER {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				return template.getObject((request) -> request.key(KEY), (response, stream) -> {
					assertThat(response.eTag()).isNotBlank();
					return stream.readAllBytes();
				});
			}

		},

		OUTPUT_STREAM {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				template.getObject((request) -> request.key(KEY), ResponseTransformer.toOutputStream(bytes));
				return bytes.toByteArray();
			}

		};

		abstract byte[] read(FailoverS3Template template, Path target) throws IOException;

	}

	/**
	 * What to do with a template.
	 */
	@FunctionalInterface
	interface Check {

		void accept(FailoverS3Template template) throws Exception;

	}

}
