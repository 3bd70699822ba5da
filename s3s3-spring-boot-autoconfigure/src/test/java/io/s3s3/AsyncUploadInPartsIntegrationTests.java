package io.s3s3;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import io.s3s3.testkit.PublishedBytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Asynchronous uploads that one request cannot carry.
 */
class AsyncUploadInPartsIntegrationTests {

	private static final int MB = 1 << 20;

	@TempDir
	private Path folder;

	private final byte[] content = new byte[12 * MB];

	private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	/** How many parts were sent to each location. */
	private final Map<LocationRole, Integer> parts = new ConcurrentHashMap<>();

	/** Called with each part that is about to be sent. */
	private volatile Runnable onPart = () -> {
	};

	private EmbeddedS3 east;

	private EmbeddedS3 west;

	private FaultProxy primary;

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		this.primary = FaultProxy.to(this.east.endpoint());
		new Random(1).nextBytes(this.content);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.east.close();
		this.west.close();
	}

	@Test
	void sendsInPartsWhatIsTooLargeForOneRequest() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();

			Throwable error = catchThrowable(() -> client
				.putObject((request) -> request.key("large").contentLength((5L << 30) + 1),
						AsyncRequestBody.fromPublisher(PublishedBytes.of(this.content, 11 * MB)))
				.join());

			assertThat(error).hasStackTraceContaining("it broke");
			assertThat(this.parts).containsOnlyKeys(LocationRole.PRIMARY);
			Awaitility.await().until(() -> openUploads(this.east) == 0);
		});
	}

	@Test
	void storesContentOfUnknownLengthInParts() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();

			client
				.putObject((request) -> request.key("stream"),
						AsyncRequestBody.fromPublisher(PublishedBytes.of(this.content)))
				.join();

			assertThat(this.parts).containsExactly(Map.entry(LocationRole.PRIMARY, 3));
			assertThat(stored(this.east, "stream")).isEqualTo(this.content);
			assertThat(this.events).filteredOn((event) -> event instanceof RequestCompleted).hasSize(1);
		});
	}

	@Test
	void sendsAFileAsOneRequest() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();
			Path file = Files.write(this.folder.resolve("file"), this.content);

			client.putObject((request) -> request.key("file"), AsyncRequestBody.fromFile(file)).join();

			assertThat(this.parts).isEmpty();
			assertThat(stored(this.east, "file")).isEqualTo(this.content);
		});
	}

	@Test
	void startsOverAtTheOtherLocation() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();
			this.onPart = () -> this.primary.mode(Mode.REFUSE);

			client
				.putObject((request) -> request.key("moved"),
						AsyncRequestBody.fromPublisher(PublishedBytes.of(this.content)))
				.join();

			assertThat(this.parts).containsEntry(LocationRole.SECONDARY, 3);
			assertThat(stored(this.west, "moved")).isEqualTo(this.content);
			this.onPart = () -> {
			};
			this.primary.mode(Mode.FORWARD);
			Awaitility.await().until(() -> openUploads(this.east) == 0);
		});
	}

	@Test
	void failsForTheCallerIfTheContentFails() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();
			AsyncRequestBody failing = AsyncRequestBody.fromPublisher(PublishedBytes.of(this.content, 7 * MB));

			Throwable error = catchThrowable(
					() -> client.putObject((request) -> request.key("broken"), failing).join());

			assertThat(error).hasStackTraceContaining("it broke");
			assertThat(FailoverTrace.of(error).orElseThrow().attempts()).hasSize(1)
				.first()
				.satisfies((attempt) -> assertThat(attempt.failure().kind()).isEqualTo(FailureKind.CALLER));
			Awaitility.await().until(() -> openUploads(this.east) == 0);
		});
	}

	@Test
	void stopsWhenItIsCancelled() {
		run((context) -> {
			FailoverS3AsyncClient client = context.getBean(FailoverS3AsyncClient.class).inParts();
			CountDownLatch cancelled = new CountDownLatch(1);

			CompletableFuture<PutObjectResponse> upload = client.putObject((request) -> request.key("cancelled"),
					AsyncRequestBody.fromPublisher((subscriber) -> subscriber.onSubscribe(new Silent(cancelled))));
			upload.cancel(true);

			cancelled.await();
			Awaitility.await().until(() -> openUploads(this.east) == 0);
			Awaitility.await().until(() -> senders() == 0);
		});
	}

	@Test
	void endsWithTheClient() {
		List<CompletableFuture<?>> uploads = new CopyOnWriteArrayList<>();
		CountDownLatch cancelled = new CountDownLatch(1);
		run((context) -> uploads.add(context.getBean(FailoverS3AsyncClient.class)
			.inParts()
			.putObject((request) -> request.key("open"),
					AsyncRequestBody.fromPublisher((subscriber) -> subscriber.onSubscribe(new Silent(cancelled))))));

		assertThat(uploads).allMatch(CompletableFuture::isCompletedExceptionally);
		Awaitility.await().until(() -> senders() == 0);
	}

	@Test
	void returnsBeforeThePublisherPublishes() {
		run((context) -> {
			CountDownLatch returned = new CountDownLatch(1);
			Publisher<ByteBuffer> source = PublishedBytes.of(this.content);

			CompletableFuture<PutObjectResponse> upload = context.getBean(FailoverS3AsyncClient.class)
				.inParts()
				.putObject((request) -> request.key("patient"), AsyncRequestBody.fromPublisher((subscriber) -> {
					awaitUninterruptibly(returned);
					source.subscribe(subscriber);
				}));
			returned.countDown();

			upload.join();
			assertThat(stored(this.east, "patient")).isEqualTo(this.content);
		});
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		context().run(test);
	}

	private ApplicationContextRunner context() {
		return Contexts.pair(this.primary.uri(), "east", this.west.endpoint(), "west")
			.withPropertyValues("s3s3.transfer.multipart-threshold=5MB", "s3s3.transfer.part-size=5MB")
			.withBean(RequestListener.class, () -> this.events::add)
			.withBean(LocationClientCustomizer.class, () -> (role, builder) -> builder
				.overrideConfiguration((override) -> override.addExecutionInterceptor(counting(role))));
	}

	private ExecutionInterceptor counting(LocationRole role) {
		return new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
				if (context.request() instanceof UploadPartRequest) {
					AsyncUploadInPartsIntegrationTests.this.parts.merge(role, 1, Integer::sum);
					AsyncUploadInPartsIntegrationTests.this.onPart.run();
				}
			}

		};
	}

	private static byte[] stored(EmbeddedS3 store, String key) {
		try (S3Client client = store.client()) {
			return client.getObjectAsBytes((request) -> request.bucket(store.bucket()).key(key)).asByteArray();
		}
	}

	private static int openUploads(EmbeddedS3 store) {
		try (S3Client client = store.client()) {
			return client.listMultipartUploads((request) -> request.bucket(store.bucket())).uploads().size();
		}
	}

	private static long senders() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("s3s3-upload"))
			.count();
	}

	/**
	 * Publishes nothing.
	 *
	 * @param cancelled counted down when it is cancelled
	 */
	private record Silent(CountDownLatch cancelled) implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
			this.cancelled.countDown();
		}

	}

}
