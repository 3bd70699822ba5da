package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.awspring.cloud.s3.S3Template;
import io.s3s3.event.BytesTransferred;
import io.s3s3.event.RequestSent;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The whole template against a real server: once as the primary, once as the secondary of
 * a primary that refuses connections.
 */
class FailoverS3TemplateIntegrationTests {

	private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path folder;

	private EmbeddedS3 alive;

	private FaultyEndpoint dead;

	@BeforeEach
	void start() {
		this.alive = EmbeddedS3.start("alive");
		this.dead = FaultyEndpoint.refusing();
	}

	@AfterEach
	void stop() {
		this.dead.close();
		this.alive.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void uploadsAndDownloadsInEachForm(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			Path file = Files.write(this.folder.resolve("file" + primaryWorks + ".json"), CONTENT);
			template.upload("bytes", CONTENT);
			template.upload("path", file);
			template.upload("resource", new ByteArrayResource(CONTENT));
			template.upload("file.json", new ClassPathResource("logback-test.xml"));
			template.upload("stream", new ByteArrayInputStream(CONTENT), CONTENT.length);

			assertThat(template.downloadAsBytes("bytes")).isEqualTo(CONTENT);
			try (InputStream stream = template.downloadAsStream("path")) {
				assertThat(stream).hasBinaryContent(CONTENT);
			}
			Path target = this.folder.resolve("target" + primaryWorks);
			assertThat(template.download("resource", target).contentLength()).isEqualTo(CONTENT.length);
			assertThat(target).hasBinaryContent(CONTENT);
			assertThat(template.downloadAsBytes("stream")).isEqualTo(CONTENT);
			assertThat(template.headObject((request) -> request.key("path")).contentType())
				.isEqualTo("application/json");
			assertThat(template.headObject((request) -> request.key("file.json")).contentType())
				.isEqualTo("application/xml");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void givesAnObjectAsAResource(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			template.upload("folder/name.txt", CONTENT);

			Resource resource = template.downloadAsResource("folder/name.txt");
			assertThat(resource.exists()).isTrue();
			assertThat(resource.getFilename()).isEqualTo("name.txt");
			assertThat(resource.contentLength()).isEqualTo(CONTENT.length);
			assertThat(resource.lastModified()).isPositive();
			assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT);
			assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT);
			template.upload("copy", resource);
			assertThat(template.downloadAsBytes("copy")).isEqualTo(CONTENT);
			Resource absent = template.downloadAsResource("absent");
			assertThat(absent.exists()).isFalse();
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(absent::getInputStream);
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(absent::contentLength);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storesAndReadsObjectsAsJson(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			template.store("order", new Order("o-1", 3));

			assertThat(template.read("order", Order.class)).isEqualTo(new Order("o-1", 3));
			assertThat(template.headObject((request) -> request.key("order")).contentType())
				.isEqualTo("application/json");
			assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> template.read("absent", Order.class));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void copiesDeletesAndTellsWhatExists(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			template.upload("a key/with ü", CONTENT);

			template.copyObject((request) -> request.sourceKey("a key/with ü").destinationKey("copy"));
			assertThat(template.downloadAsBytes("copy")).isEqualTo(CONTENT);
			assertThat(template.exists("copy")).isTrue();
			template.delete("copy");
			assertThat(template.exists("copy")).isFalse();
			template.delete("copy");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listsAllObjectsPageByPage(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			List<String> keys = IntStream.range(0, 1005).mapToObj("many/%04d"::formatted).toList();
			keys.forEach((key) -> template.upload(key, new byte[0]));
			template.upload("other", new byte[0]);
			AtomicInteger requests = new AtomicInteger();
			FailoverS3Operations view = template.on(RequestSent.class, (event) -> requests.incrementAndGet());

			assertThat(view.listAll("many/").map(S3Object::key)).containsExactlyElementsOf(keys);
			assertThat(requests.get()).isEqualTo(2);
			requests.set(0);
			assertThat(view.listAll("many/").findFirst()).isPresent();
			assertThat(requests.get()).isEqualTo(1);
			assertThat(template.listAll("none/")).isEmpty();
			assertThat(template.listAll("")).hasSize(1006);
			assertThat(template.listObjectsV2((request) -> request.maxKeys(2)).contents()).hasSize(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsOfTheBytesThatMove(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			List<BytesTransferred> moved = new ArrayList<>();
			FailoverS3Operations view = template.on(BytesTransferred.class, moved::add);

			view.upload("k", CONTENT);
			assertThat(moved.get(moved.size() - 1).getBytes()).isEqualTo(CONTENT.length);
			assertThat(moved.get(moved.size() - 1).getDirection()).isEqualTo(BytesTransferred.Direction.UPLOAD);
			view.downloadAsBytes("k");
			BytesTransferred last = moved.get(moved.size() - 1);
			assertThat(last.getBytes()).isEqualTo(CONTENT.length);
			assertThat(last.getTotal()).hasValue(CONTENT.length);
			assertThat(last.getDirection()).isEqualTo(BytesTransferred.Direction.DOWNLOAD);
			assertThat(last.getLocation().tag()).isEqualTo(primaryWorks ? "primary" : "secondary");
		});
	}

	@Test
	void signsUrlsForHome() {
		run(true, (template) -> {
			URL put = template.createSignedPutUrl("signed key", Duration.ofMinutes(5));
			HttpClient http = HttpClient.newHttpClient();
			HttpRequest request = HttpRequest.newBuilder(put.toURI())
				.PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT))
				.build();
			assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
				.isEqualTo(HttpURLConnection.HTTP_OK);
			URL get = template.createSignedGetUrl("signed key", Duration.ofMinutes(5));
			assertThat(get.openStream()).hasBinaryContent(CONTENT);
			assertThat(get.getPort()).isEqualTo(this.alive.port());
		});
	}

	@Test
	void refusesACallThatNamesABucket() {
		run(true, (template) -> {
			assertRefused(() -> template.putObject((r) -> r.bucket("b").key("k"), RequestBody.empty()));
			assertRefused(() -> template.getObject((r) -> r.bucket("b").key("k")));
			assertRefused(() -> template.deleteObject((r) -> r.bucket("b").key("k")));
			assertRefused(() -> template.deleteObjects((r) -> r.bucket("b")));
			assertRefused(() -> template.listObjects((r) -> r.bucket("b")));
			assertRefused(() -> template.listObjectsV2((r) -> r.bucket("b")));
			assertRefused(() -> template.headObject((r) -> r.bucket("b").key("k")));
			assertRefused(() -> template.copyObject((r) -> r.destinationBucket("b")));
			assertRefused(() -> template.copyObject((r) -> r.sourceBucket("b")));
			assertRefused(() -> template.headObject((r) -> r.bucket("alive").key("k")));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void uploadsWhatCanBeReadOnlyOnce(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			template.upload("stream", new OneShot(CONTENT), CONTENT.length);
			template.upload("resource", new InputStreamResource(new OneShot(CONTENT)));
			template.putObject((request) -> request.key("provider"),
					RequestBody.fromContentProvider(() -> new OneShot(CONTENT), "text/plain"));

			assertThat(template.downloadAsBytes("stream")).isEqualTo(CONTENT);
			assertThat(template.downloadAsBytes("resource")).isEqualTo(CONTENT);
			assertThat(template.downloadAsBytes("provider")).isEqualTo(CONTENT);
		});
	}

	@Test
	void runsWithoutAJsonConverterUntilOneIsNeeded() {
		FailoverS3Template template = new FailoverS3Template(FailoverS3Client.builder()
			.primary(this.alive.client(), "alive")
			.secondary(this.alive.client(), "alive")
			.build(), null);

		template.upload("k", CONTENT);
		assertThatIllegalStateException().isThrownBy(() -> template.store("k", "x"))
			.withMessageContaining("S3ObjectConverter");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void servesTheSdksOwnDefaultMethods(boolean primaryWorks) {
		runContext(primaryWorks, (context) -> {
			S3Client client = context.getBean(S3Client.class);
			client.putObject((request) -> request.bucket("alive").key("a/1"), RequestBody.fromBytes(CONTENT));
			client.putObject((request) -> request.bucket("dead").key("a/2"), RequestBody.fromBytes(CONTENT));
			client.putObject((request) -> request.key("b"), RequestBody.fromBytes(CONTENT));

			assertThat(client.getObjectAsBytes((request) -> request.bucket("alive").key("a/1")).asByteArray())
				.isEqualTo(CONTENT);
			try (ResponseInputStream<GetObjectResponse> stream = client.getObject((request) -> request.key("a/2"))) {
				assertThat(stream).hasBinaryContent(CONTENT);
			}
			assertThat(client.listObjectsV2Paginator((request) -> request.bucket("alive").maxKeys(1)).contents())
				.extracting(S3Object::key)
				.containsExactly("a/1", "a/2", "b");
			assertThat(client.listObjectsV2Paginator((request) -> request.delimiter("/").maxKeys(1))
				.stream()
				.mapToInt((page) -> page.contents().size() + page.commonPrefixes().size())
				.sum()).isEqualTo(2);
			assertThat(client.serviceName()).isEqualTo("s3");
			assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("us-east-1");
			assertThat(client.utilities()).isNotNull();
			Path target = this.folder.resolve("sdk" + primaryWorks);
			client.getObject((request) -> request.key("b"), target);
			assertThat(target).hasBinaryContent(CONTENT);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void makesSpringCloudAwsFailOver(boolean primaryWorks) {
		runContext(primaryWorks, (context) -> {
			S3Template template = context.getBean(S3Template.class);
			template.store("dead", "order", new Order("o-2", 4));

			assertThat(template.read("alive", "order", Order.class)).isEqualTo(new Order("o-2", 4));
			template.upload("dead", "uploaded", new ByteArrayInputStream(CONTENT));
			Resource resource = context.getResource("s3://dead/uploaded");
			assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT);
		});
	}

	@Test
	void continuesAListingElsewhereWhenItsLocationDies() {
		try (EmbeddedS3 primary = EmbeddedS3.start("east")) {
			Contexts.pair(primary.endpoint(), "east", this.alive.endpoint(), "alive").run((context) -> {
				LocationPair pair = context.getBean(LocationPair.class);
				for (String key : List.of("a", "b/1", "b/2", "c", "d")) {
					pair.primary().client().putObject((r) -> r.bucket("east").key(key), RequestBody.empty());
					pair.secondary().client().putObject((r) -> r.bucket("alive").key(key), RequestBody.empty());
				}
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				var first = client.listObjectsV2((request) -> request.delimiter("/").maxKeys(2));
				primary.close();

				var second = client.listObjectsV2((
						request) -> request.delimiter("/").maxKeys(2).continuationToken(first.nextContinuationToken()));

				assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
				assertThat(first.commonPrefixes()).hasSize(1);
				assertThat(second.contents()).extracting(S3Object::key).containsExactly("c", "d");
				assertThat(second.commonPrefixes()).isEmpty();
			});
		}
	}

	private void run(boolean primaryWorks, TemplateConsumer consumer) {
		runContext(primaryWorks, (context) -> consumer.accept(context.getBean(FailoverS3Template.class)));
	}

	private void runContext(boolean primaryWorks, ContextConsumer<AssertableApplicationContext> consumer) {
		URI dead = this.dead.uri();
		URI alive = this.alive.endpoint();
		if (primaryWorks) {
			Contexts.pair(alive, "alive", dead, "dead").run(consumer);
		}
		else {
			Contexts.pair(dead, "dead", alive, "alive").run(consumer);
		}
	}

	private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call)
			.withMessageContainingAll("s3s3.primary.bucket", "s3s3.secondary.bucket");
	}

	/**
	 * Uses a template.
	 */
	@FunctionalInterface
	private interface TemplateConsumer {

		void accept(FailoverS3Template template) throws Exception;

	}

	/**
	 * Something to store.
	 */
	record Order(String id, int pieces) {

	}

	/**
	 * A stream that can't be reset.
	 */
	private static final class OneShot extends InputStream {

		private final InputStream content;

		OneShot(byte[] content) {
			this.content = new ByteArrayInputStream(content);
		}

		@Override
		public int read() throws IOException {
			return this.content.read();
		}

	}

}
