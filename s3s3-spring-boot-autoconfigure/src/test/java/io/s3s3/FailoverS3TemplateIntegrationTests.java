package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.BytesTransferred;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

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
class FailoverS3TemplateIntegrationTests extends AbstractFailoverS3TemplateTests {

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
		try (FailoverS3Client client = FailoverS3Client.builder()
			.primary(this.alive.client(), "alive")
			.secondary(this.alive.client(), "alive")
			.build()) {
			FailoverS3Template template = new FailoverS3Template(client, null);

			template.upload("k", CONTENT);
			assertThatIllegalStateException().isThrownBy(() -> template.store("k", "x"))
				.withMessageContaining("S3ObjectConverter");
		}
	}

	private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call)
			.withMessageContainingAll("s3s3.primary.bucket", "s3s3.secondary.bucket");
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
