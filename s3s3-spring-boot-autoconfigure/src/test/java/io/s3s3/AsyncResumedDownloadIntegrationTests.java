package io.s3s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Downloads of the asynchronous client whose answer breaks.
 */
@Timeout(60)
class AsyncResumedDownloadIntegrationTests {

	private static final String KEY = AbstractResumedDownloadTests.KEY;

	private static final byte[] CONTENT = AbstractResumedDownloadTests.CONTENT;

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	@TempDir
	private Path folder;

	private DownloadCutter primary;

	private DownloadCutter secondary;

	private AsyncPair pair;

	private FailoverS3AsyncClient s3;

	private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void storeObject() {
		AbstractResumedDownloadTests.put(east, CONTENT);
	}

	@BeforeEach
	void start() {
		AbstractResumedDownloadTests.put(west, CONTENT);
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
		this.pair = AsyncPair.of(this.primary.uri(), this.secondary.uri());
		this.s3 = this.pair.client().on(RequestEvent.class, this.events::add);
	}

	@AfterEach
	void stop() {
		this.pair.close();
		this.primary.close();
		this.secondary.close();
	}

	@ParameterizedTest(name = "{0}, {1} after {2} bytes")
	@MethodSource
	void goesOnAtTheOtherLocation(Form form, Cut cut, int after) throws IOException {
		this.primary.cut(cut, (length) -> after);

		assertThat(form.read(this.s3, this.folder.resolve("target"))).isEqualTo(CONTENT);

		assertThat(of(RequestFailedOver.class)).singleElement()
			.extracting(RequestFailedOver::getTo)
			.isEqualTo(LocationRole.SECONDARY);
		assertThat(of(RequestCompleted.class)).hasSize(1);
		if (after == 0) {
			assertThat(of(DownloadResumed.class)).isEmpty();
		}
		else if (cut != Cut.RESET) {
			// What was on its way when a connection is reset may be lost.
			assertThat(of(DownloadResumed.class)).singleElement()
				.extracting(DownloadResumed::getPosition)
				.isEqualTo((long) after);
			assertThat(this.secondary.bodyBytes()).isEqualTo(CONTENT.length - after);
		}
	}

	static Stream<Arguments> goesOnAtTheOtherLocation() {
		return Stream.of(Form.values())
			.flatMap((form) -> Stream.concat(Stream.of(Arguments.of(form, Cut.RESET, CONTENT.length / 2)),
					Stream.of(0, CONTENT.length / 2, CONTENT.length - 1)
						.map((after) -> Arguments.of(form, Cut.CLOSE, after))));
	}

	@Test
	void goesBackAndForthWhileBothLocationsBreakAgainAndAgain() throws IOException {
		this.primary.cut(Cut.CLOSE, (length) -> Math.min(length, 20_000));
		this.secondary.cut(Cut.CLOSE, (length) -> Math.min(length, 30_000));

		assertThat(Form.PUBLISHER.read(this.s3, this.folder)).isEqualTo(CONTENT);

		assertThat(of(DownloadResumed.class)).hasSize(11);
		assertThat(this.primary.bodyBytes() + this.secondary.bodyBytes()).isEqualTo(CONTENT.length);
		assertThat(of(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void neverMixesTwoObjects() {
		AbstractResumedDownloadTests.put(west, AbstractResumedDownloadTests.random(CONTENT.length + 1));
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

		assertThatThrownBy(() -> Form.BYTES.read(this.s3, this.folder)).isInstanceOf(CompletionException.class)
			.rootCause()
			.isInstanceOf(Exception.class);
		assertThat(of(DownloadResumed.class)).isEmpty();
		assertThat(of(RequestCompleted.class)).hasSize(1);
	}

	@Test
	void preparesATransformerForEachAttemptAndNeverAfterItsStream() {
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 0 : length);
		Recording transformer = new Recording();

		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key("missing"), transformer).join())
			.isInstanceOf(CompletionException.class);
		assertThat(transformer.calls).containsExactly("prepare", "exceptionOccurred");

		transformer.calls.clear();
		this.secondary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
		this.primary.die();
		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key(KEY), transformer).join())
			.isInstanceOf(CompletionException.class);
		assertThat(transformer.calls).containsExactly("prepare", "prepare", "onResponse", "onStream", "onError",
				"exceptionOccurred");
	}

	@Test
	void failsWithWhatATransformerThrows() {
		IllegalStateException thrown = new IllegalStateException("the caller's");
		AsyncResponseTransformer<GetObjectResponse, Void> transformer = new Recording() {

			@Override
			public void onStream(SdkPublisher<ByteBuffer> publisher) {
				throw thrown;
			}

		};

		assertThatThrownBy(() -> this.s3.getObject((r) -> r.key(KEY), transformer).join()).hasCause(thrown);
		assertThat(of(RequestFailedOver.class)).isEmpty();
	}

	@Test
	void asksForNoMoreThanItsSubscriberAndStopsWithIt() {
		byte[] large = new byte[32 << 20];
		AbstractResumedDownloadTests.put(east, large);
		try {
			var publisher = this.s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toPublisher()).join();
			List<Integer> pieces = new CopyOnWriteArrayList<>();
			CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
			publisher.subscribe(new Subscriber<ByteBuffer>() {

				@Override
				public void onSubscribe(Subscription subscription) {
					subscription.request(2);
					subscribed.complete(subscription);
				}

				@Override
				public void onNext(ByteBuffer bytes) {
					pieces.add(bytes.remaining());
				}

				@Override
				public void onError(Throwable error) {
				}

				@Override
				public void onComplete() {
				}

			});

			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pieces.size() == 2);
			subscribed.join().cancel();

			assertThat(pieces).hasSize(2);
			assertThat(this.primary.bodyBytes()).isLessThan(large.length / 2);
			assertThat(this.secondary.requests()).isEmpty();
		}
		finally {
			AbstractResumedDownloadTests.put(east, CONTENT);
		}
	}

	private <E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * How the caller takes the object.
	 */
	enum Form {

		BYTES {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) {
				return s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toBytes()).join().asByteArray();
			}

		},

		FILE {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException {
				s3.getObject((r) -> r.key(KEY), target).join();
				return Files.readAllBytes(target);
			}

		},

		STREAM {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException {
				try (var stream = s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toBlockingInputStream())
					.join()) {
					return stream.readAllBytes();
				}
			}

		},

		PUBLISHER {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) {
				ByteBuffer all = ByteBuffer.allocate(2 * CONTENT.length);
				s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toPublisher())
					.thenCompose((publisher) -> publisher.subscribe((bytes) -> all.put(bytes)))
					.join();
				return Arrays.copyOf(all.array(), all.position());
			}

		};

		abstract byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException;

	}

	/**
	 * Notes how it is called.
	 */
	private static class Recording implements AsyncResponseTransformer<GetObjectResponse, Void> {

		final List<String> calls = new ArrayList<>();

		private CompletableFuture<Void> future = new CompletableFuture<>();

		@Override
		public CompletableFuture<Void> prepare() {
			this.calls.add("prepare");
			this.future = new CompletableFuture<>();
			return this.future;
		}

		@Override
		public void onResponse(GetObjectResponse response) {
			this.calls.add("onResponse");
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			this.calls.add("onStream");
			publisher.subscribe((bytes) -> {
			}).whenComplete((all, error) -> {
				this.calls.add((error != null) ? "onError" : "onComplete");
				if (error != null) {
					this.future.completeExceptionally(error);
				}
				else {
					this.future.complete(null);
				}
			});
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			this.calls.add("exceptionOccurred");
			this.future.completeExceptionally(error);
		}

	}

}
