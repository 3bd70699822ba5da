package io.s3s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.HeldPort;
import io.s3s3.testkit.OncePublisher;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.BlockingOutputStreamAsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link FailoverS3AsyncClient} whose primary refuses connections.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class AsyncFailoverIntegrationTests {

	private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

	/** Long enough for a file. */
	private static final byte[] LONG = "0123456789".repeat(30_000).getBytes(StandardCharsets.UTF_8);

	private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@TempDir
	private static Path folder;

	private HeldPort refusing;

	private EmbeddedS3 secondary;

	private AsyncPair pair;

	private FailoverS3AsyncClient s3;

	@BeforeAll
	void start() {
		this.refusing = HeldPort.take();
		this.secondary = EmbeddedS3.start("west");
		this.secondary.put("key", CONTENT);
		this.pair = AsyncPair.of(this.refusing.uri(), this.secondary.endpoint(), (builder) -> builder
			.transfer(TransferSettings.builder().memoryLimit(DataSize.ofKilobytes(64)).directory(folder).build()));
		this.s3 = this.pair.client().on(RequestEvent.class, this.events::add);
	}

	@BeforeEach
	void forget() {
		this.events.clear();
		this.pair.reset();
	}

	@AfterAll
	void stop() {
		this.pair.close();
		this.secondary.close();
		this.refusing.close();
	}

	@Test
	void getsBytes() {
		assertThat(this.s3.getObject((r) -> r.key("key"), AsyncResponseTransformer.toBytes()).join().asByteArray())
			.isEqualTo(CONTENT);

		assertThat(this.events).hasAtLeastOneElementOfType(RequestFailedOver.class)
			.filteredOn(RequestCompleted.class::isInstance)
			.hasSize(1);
		assertThat(this.events).filteredOn(RequestSent.class::isInstance).hasSize(2);
	}

	@Test
	void getsAFile() {
		Path file = folder.resolve("download");

		this.s3.getObject((r) -> r.key("key"), file).join();

		assertThat(file).hasBinaryContent(CONTENT);
	}

	@Test
	void getsAStream() throws IOException {
		try (var stream = this.s3.getObject((r) -> r.key("key"), AsyncResponseTransformer.toBlockingInputStream())
			.join()) {
			assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
		}
	}

	@Test
	void getsAPublisher() {
		var publisher = this.s3.getObject((r) -> r.key("key"), AsyncResponseTransformer.toPublisher()).join();
		StringBuilder text = new StringBuilder();

		publisher.subscribe((bytes) -> text.append(StandardCharsets.UTF_8.decode(bytes))).join();

		assertThat(text).hasToString("content");
		assertThat(publisher.response().contentLength()).isEqualTo(CONTENT.length);
	}

	@Test
	void getsAnEmptyObject() {
		this.secondary.put("empty", new byte[0]);

		assertThat(this.s3.getObject((r) -> r.key("empty"), AsyncResponseTransformer.toBytes()).join().asByteArray())
			.isEmpty();
	}

	@Test
	void putsBytesAndFiles() throws IOException {
		Path file = Files.write(folder.resolve("upload"), CONTENT);

		this.s3.putObject((r) -> r.key("bytes"), AsyncRequestBody.fromBytes(CONTENT)).join();
		this.s3.putObject((r) -> r.key("file"), file).join();

		assertThat(stored("bytes")).isEqualTo(CONTENT);
		assertThat(stored("file")).isEqualTo(CONTENT);
	}

	@Test
	void recordsAPublisherThatCanBeReadOnce() throws IOException {
		OncePublisher source = new OncePublisher(LONG, 10_000);

		this.s3
			.putObject((r) -> r.key("once").contentLength((long) LONG.length), AsyncRequestBody.fromPublisher(source))
			.join();

		assertThat(stored("once")).isEqualTo(LONG);
		assertThat(source.subscribers()).isEqualTo(1);
		assertThat(spooled()).isEmpty();
	}

	@Test
	void recordsABodyOfUnknownLengthInFull() throws IOException {
		this.s3.putObject((r) -> r.key("unsized"), AsyncRequestBody.fromPublisher(new OncePublisher(LONG, 7_000)))
			.join();

		assertThat(stored("unsized")).isEqualTo(LONG);
		assertThat(spooled()).isEmpty();
	}

	@Test
	void takesABodyThatIsWrittenWhileItIsSent() throws IOException {
		BlockingOutputStreamAsyncRequestBody body = AsyncRequestBody.forBlockingOutputStream((long) LONG.length);
		CompletableFuture<?> put = this.s3.putObject((r) -> r.key("written"), body);
		try (var out = body.outputStream()) {
			out.write(LONG);
		}
		put.join();

		assertThat(stored("written")).isEqualTo(LONG);
	}

	@Test
	void lists() {
		assertThat(this.s3.listObjectsV2((r) -> r.prefix("ke")).join().contents()).extracting(S3Object::key)
			.contains("key");
	}

	@Test
	void listsAllPages() {
		StringBuilder keys = new StringBuilder();

		SdkPublisher<S3Object> all = this.s3.listObjectsV2Paginator((r) -> r.prefix("key").maxKeys(1)).contents();
		all.subscribe((object) -> keys.append(object.key())).join();

		assertThat(keys.toString()).startsWith("key");
	}

	@Test
	void deletesManyWhateverTheirKeys() {
		this.secondary.put("gone", CONTENT);

		assertThat(this.s3.deleteObjects((r) -> r.delete(Delete.builder()
			.objects(ObjectIdentifier.builder().key("gone").build(), ObjectIdentifier.builder().key("a\u0001b").build())
			.build())).join().deleted()).hasSize(2);
	}

	@Test
	void waitsForAnObject() {
		assertThat(
				this.s3.waiter().waitUntilObjectExists((r) -> r.bucket("east").key("key")).join().matched().response())
			.isPresent();
	}

	@Test
	void failsAsTheSdkDoes() {
		assertThatThrownBy(() -> this.s3.headObject((r) -> r.key("missing")).join())
			.hasCauseInstanceOf(NoSuchKeyException.class)
			.satisfies((error) -> assertThat(FailoverTrace.of(Objects.requireNonNull(error.getCause()))).isPresent()
				.get()
				.extracting((trace) -> trace.attempts().get(0).location())
				.isEqualTo(LocationRole.PRIMARY));
		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key("missing"), AsyncResponseTransformer.toBytes()).get())
			.hasCauseInstanceOf(NoSuchKeyException.class);
	}

	@Test
	void passesABucketOutsideThePairThrough() {
		// The pool of the SDK may forget who waits when a connection is refused: then the
		// cause is that none was free in time.
		assertThatThrownBy(() -> this.s3.headObject((r) -> r.bucket("other").key("key")).join())
			.hasCauseInstanceOf(SdkClientException.class);
	}

	@Test
	void answersWithFuturesOnly() {
		assertThat(this.s3.getObject((r) -> r.key(""), AsyncResponseTransformer.toBytes()))
			.failsWithin(Duration.ofSeconds(5));
		assertThat(this.s3.copyObject((r) -> r.sourceBucket("east").sourceKey("key").destinationKey("copy")))
			.succeedsWithin(Duration.ofSeconds(5));
	}

	private byte[] stored(String key) {
		try (S3Client direct = this.secondary.client()) {
			return direct.getObjectAsBytes((r) -> r.bucket("west").key(key)).asByteArray();
		}
	}

	private List<Path> spooled() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".spool")).toList();
		}
	}

}
