package io.s3s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.awspring.cloud.s3.Jackson2JsonS3ObjectConverter;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestSent;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link FailoverS3AsyncTemplate} against a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class FailoverS3AsyncTemplateIntegrationTests {

	private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	private static final ByteBuffer[] PIECES = { ByteBuffer.wrap(CONTENT, 0, 3),
			ByteBuffer.wrap(CONTENT, 3, CONTENT.length - 3) };

	@TempDir
	private Path folder;

	private final FaultyEndpoint dead = FaultyEndpoint.closing();

	private final EmbeddedS3 alive = EmbeddedS3.start("east");

	// The server now and then closes a connection just when it is used again.
	private final AsyncPair healthy = AsyncPair.of(this.alive.endpoint(), this.dead.uri(),
			(builder) -> builder.rounds(4, Duration.ofMillis(1)));

	private final AsyncPair failing = AsyncPair.of(this.dead.uri(), this.alive.endpoint(),
			(builder) -> builder.rounds(4, Duration.ofMillis(1)));

	@BeforeAll
	void createTheOtherBucket() {
		try (S3Client direct = this.alive.client()) {
			direct.createBucket((request) -> request.bucket("west"));
		}
	}

	@AfterAll
	void stop() {
		this.healthy.close();
		this.failing.close();
		this.alive.close();
		this.dead.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storesAndReadsContent(boolean primaryWorks) throws IOException {
		FailoverS3AsyncTemplate template = template(primaryWorks);
		Path file = Files.write(this.folder.resolve("file.json"), CONTENT);

		template.upload("bytes", CONTENT).join();
		template.upload("text", "größer").join();
		template.upload("file", file).join();
		template.upload("body", AsyncRequestBody.fromBytes(CONTENT)).join();
		template.upload("pieces", SdkPublisher.fromIterable(List.of(PIECES[0].duplicate(), PIECES[1].duplicate())))
			.join();

		for (String key : List.of("bytes", "file", "body", "pieces")) {
			assertThat(template.downloadAsBytes(key).join()).as(key).isEqualTo(CONTENT);
		}
		assertThat(template.downloadAsString("text").join()).isEqualTo("größer");
		assertThat(template.headObject((request) -> request.key("file")).join().contentType())
			.isEqualTo("application/json");
		List<ByteBuffer> received = new ArrayList<>();
		template.downloadAsPublisher("bytes").join().subscribe(received::add).join();
		assertThat(received.stream().mapToInt(ByteBuffer::remaining).sum()).isEqualTo(CONTENT.length);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void downloadsIntoANewFile(boolean primaryWorks) throws IOException {
		FailoverS3AsyncTemplate template = template(primaryWorks);
		template.upload("key", CONTENT).join();
		Path target = this.folder.resolve("new");

		assertThat(template.download("key", target).join().contentLength()).isEqualTo(CONTENT.length);

		assertThat(target).hasBinaryContent(CONTENT);
		assertThat(files()).containsExactly(target);
	}

	@Test
	void leavesAFileAlone() throws IOException {
		FailoverS3AsyncTemplate template = template(false);
		template.upload("key", "other").join();
		Path existing = Files.write(this.folder.resolve("existing"), CONTENT);

		assertThatThrownBy(() -> template.download("key", existing).join()).isInstanceOf(CompletionException.class)
			.hasCauseInstanceOf(SdkClientException.class)
			.hasRootCauseInstanceOf(FileAlreadyExistsException.class);
		assertThatThrownBy(() -> template.download("key", this.folder.resolve("none").resolve("file")).join())
			.hasRootCauseInstanceOf(NoSuchFileException.class);
		assertThatThrownBy(() -> template.download("absent", this.folder.resolve("absent")).join())
			.hasCauseInstanceOf(NoSuchKeyException.class);

		assertThat(existing).hasBinaryContent(CONTENT);
		assertThat(files()).containsExactly(existing);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storesAndReadsObjectsAsJson(boolean primaryWorks) throws IOException {
		FailoverS3AsyncTemplate template = template(primaryWorks);
		template.store("order", new Order("o-1", 3)).join();

		assertThat(template.read("order", Order.class).join()).isEqualTo(new Order("o-1", 3));
		assertThat(template.headObject((request) -> request.key("order")).join().contentType())
			.isEqualTo("application/json");
		assertThatThrownBy(() -> template.read("absent", Order.class).join())
			.hasCauseInstanceOf(NoSuchKeyException.class);
		template.upload("text", "no JSON").join();
		assertThatThrownBy(() -> template.read("text", Order.class).join()).isInstanceOf(CompletionException.class);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void copiesDeletesAndTellsWhatExists(boolean primaryWorks) throws IOException {
		FailoverS3AsyncTemplate template = template(primaryWorks);
		template.upload("a key/with ü", CONTENT).join();

		template.copyObject((request) -> request.sourceKey("a key/with ü").destinationKey("copy")).join();
		assertThat(template.downloadAsBytes("copy").join()).isEqualTo(CONTENT);
		assertThat(template.exists("copy").join()).isTrue();
		template.delete("copy").join();
		template.delete("copy").join();
		assertThat(template.exists("copy").join()).isFalse();
		template.deleteObjects((request) -> request.delete((all) -> all.objects((one) -> one.key("a key/with ü"))))
			.join();
		assertThat(template.exists("a key/with ü").join()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listsObjects(boolean primaryWorks) {
		FailoverS3AsyncTemplate template = template(primaryWorks);
		List<String> keys = List.of("list/1", "list/2", "list/3");
		keys.forEach((key) -> template.upload(key, key).join());
		List<RequestSent> sent = new CopyOnWriteArrayList<>();
		List<String> listed = new CopyOnWriteArrayList<>();

		template.on(RequestSent.class, sent::add)
			.listAll("list/")
			.subscribe((object) -> listed.add(object.key()))
			.join();

		assertThat(listed).containsExactlyElementsOf(keys);
		assertThat(sent).extracting(RequestSent::getOperation).containsOnly("ListObjectsV2");
		assertThat(template.listObjectsV2((request) -> request.prefix("list/").maxKeys(2)).join().contents())
			.hasSize(2);
	}

	@Test
	void givesUpACallOfWhichNobodyWantsTheResult() throws IOException {
		FailoverS3AsyncTemplate template = template(false);
		List<RequestCompleted> completed = new CopyOnWriteArrayList<>();
		AsyncRequestBody never = AsyncRequestBody.fromPublisher((subscriber) -> subscriber.onSubscribe(new Silence()));
		CompletableFuture<?> upload = template.on(RequestCompleted.class, completed::add)
			.putObject((request) -> request.key("key").contentLength(3L), never);
		upload.cancel(true);
		CompletableFuture<Boolean> exists = template.on(RequestCompleted.class, completed::add).exists("key");
		exists.cancel(true);

		assertThatThrownBy(exists::join).isInstanceOf(CancellationException.class);
		Awaitility.await().until(() -> completed.size() == 2);
	}

	@Test
	void failsWithWhatAPublisherFailsWith() throws IOException {
		FailoverS3AsyncTemplate template = template(true);

		assertThatThrownBy(() -> template
			.upload("key", AsyncRequestBody.fromPublisher((subscriber) -> SdkPublisher.<ByteBuffer>fromIterable(() -> {
				throw new IllegalStateException("No content");
			}).subscribe(subscriber)))
			.join()).hasStackTraceContaining("No content");
	}

	@Test
	void failsACallThatNamesABucket() throws IOException {
		FailoverS3AsyncTemplate template = template(true);
		for (CompletableFuture<?> call : List.of(template.headObject((r) -> r.bucket("east").key("key")),
				template.deleteObject((r) -> r.bucket("east").key("key")),
				template.copyObject((r) -> r.sourceBucket("east").sourceKey("key").destinationKey("other")))) {
			assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("east");
		}
	}

	@Test
	void failsWithoutAConverter() {
		FailoverS3AsyncTemplate template = new FailoverS3AsyncTemplate(this.healthy.client());

		assertThatThrownBy(() -> template.store("key", "value").join()).hasCauseInstanceOf(IllegalStateException.class);
		assertThatThrownBy(() -> template.read("key", String.class).join())
			.hasCauseInstanceOf(IllegalStateException.class);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.toList();
		}
	}

	private FailoverS3AsyncTemplate template(boolean primaryWorks) {
		AsyncPair pair = primaryWorks ? this.healthy : this.failing;
		return new FailoverS3AsyncTemplate(pair.client(), new Jackson2JsonS3ObjectConverter(new JsonMapper()));
	}

	/**
	 * Something to store.
	 */
	record Order(String id, int pieces) {

	}

	/**
	 * A subscription to nothing.
	 */
	private static final class Silence implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
		}

	}

}
