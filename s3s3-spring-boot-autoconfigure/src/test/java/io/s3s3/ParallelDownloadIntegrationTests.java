package io.s3s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.event.ResponseReceived;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Downloads of large objects into a file, in parts side by side.
 */
class ParallelDownloadIntegrationTests {

	private static final String KEY = "large";

	private static final int SIZE = 36_000_000;

	private static final byte[] CONTENT = random(SIZE);

	@TempDir
	private Path folder;

	private EmbeddedS3 east;

	private EmbeddedS3 west;

	private DownloadCutter primary;

	private DownloadCutter secondary;

	private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		put(this.east, CONTENT);
		put(this.west, CONTENT);
		this.primary = DownloadCutter.before(this.east);
		this.secondary = DownloadCutter.before(this.west);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
		this.east.close();
		this.west.close();
	}

	@Test
	void fetchesPartsSideBySidePinnedToOneObject() {
		run((operations) -> {
			assertThat(operations.download(KEY, target()).contentLength()).isEqualTo(SIZE);

			assertThat(Files.mismatch(target(), Files.write(this.folder.resolve("expected"), CONTENT))).isEqualTo(-1);
			List<String> parts = this.primary.requests().subList(1, this.primary.requests().size());
			assertThat(parts).isNotEmpty()
				.allSatisfy(
						(request) -> assertThat(request.toLowerCase(java.util.Locale.ROOT)).contains("range: bytes=")
							.contains("if-match: "));
			assertThat(of(RequestCompleted.class)).hasSize(1);
			assertThat(of(RequestSent.class)).hasSameSizeAs(this.primary.requests());
			assertThat(of(RequestSent.class)).filteredOn((event) -> event.getAttempt() == 1)
				.containsExactly(of(RequestSent.class).get(0));
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.isSorted()
				.endsWith((long) SIZE);
			assertThat(of(BytesTransferred.class)).allSatisfy((event) -> assertThat(event.getTotal()).hasValue(SIZE));
		});
	}

	@Test
	void letsEachPartFailOverByItself() {
		run((operations) -> {
			this.primary.cut(Cut.CLOSE, (length) -> length / 2);

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(DownloadResumed.class)).isNotEmpty();
			assertThat(of(RequestSent.class)).filteredOn((event) -> event.getAttempt() == 1).hasSize(1);
			assertThat(of(RequestCompleted.class)).hasSize(1);
			assertThat(this.folder.toFile().list()).hasSize(1);
		});
	}

	@Test
	void goesOnWhenThePrimaryDiesMidway() {
		run((operations) -> {
			this.primary.cut(Cut.RESET, (length) -> {
				this.primary.close();
				return 1_000_000;
			});

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailedOver.class)).isNotEmpty();
		});
	}

	@Test
	void needsNoMoreThanTheConnectionItHas() {
		this.secondary.close();
		CountDownLatch errors = new CountDownLatch(6);
		run((operations) -> {
			operations.on(ErrorReceived.class, (event) -> errors.countDown())
				.on(BytesTransferred.class, (event) -> await(errors))
				.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(this.primary.requests()).hasSize(1);
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.isSorted()
				.endsWith((long) SIZE);
		}, "s3s3.primary.max-connections=1", "s3s3.primary.connect-timeout=200ms", "s3s3.primary.read-timeout=2s");
	}

	@Test
	void leavesToOthersThePartThatALocationIsTooBusyFor() {
		this.secondary.close();
		AtomicInteger requests = new AtomicInteger();
		this.primary.slowDown((request) -> requests.incrementAndGet() == 3);
		run((operations) -> {
			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailed.class)).isEmpty();
		});
	}

	@Test
	void countsAPartOnceThatCameByHalfBefore() {
		this.secondary.close();
		AtomicInteger requests = new AtomicInteger();
		this.primary.slowDown((request) -> requests.incrementAndGet() > 2);
		run((operations) -> {
			// The first of the parts breaks, and no location has the rest.
			this.primary.cut(Cut.CLOSE, (length) -> (length < SIZE) ? length / 2 : length);
			CountDownLatch errors = new CountDownLatch(3);

			operations.on(ErrorReceived.class, (event) -> errors.countDown()).on(BytesTransferred.class, (event) -> {
				if (event.getBytes() < 1_000_000) {
					await(errors);
				}
			}).download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.isSorted()
				.endsWith((long) SIZE);
		}, "s3s3.transfer.part-concurrency=2");
	}

	@Test
	void beginsLaterPartsWhereTheLastOneCameFrom() {
		CountDownLatch answers = new CountDownLatch(3);
		run((operations) -> {
			this.primary.cut(Cut.STALL, (length) -> (length < SIZE) ? 3_000_000 : length);

			operations.on(ResponseReceived.class, (event) -> {
				if (event.getLocation() == LocationRole.SECONDARY) {
					answers.countDown();
				}
			}).on(BytesTransferred.class, (event) -> {
				// The front waits while the other one fetches parts.
				if (!isOfPart(Thread.currentThread())) {
					await(answers);
				}
			}).download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(this.primary.requests()).hasSize(2);
		}, "s3s3.primary.read-timeout=500ms", "s3s3.transfer.part-size=5MB", "s3s3.transfer.part-concurrency=2");
	}

	@Test
	void namesTheLocationThatAnsweredTheCallThoughPartsCameFromElsewhere() {
		run((operations) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length < SIZE) ? length / 2 : length);

			operations.download(KEY, target());

			assertThat(of(DownloadResumed.class)).isNotEmpty();
			assertThat(of(ResponseReceived.class))
				.filteredOn((event) -> event.getResponse()
					.map(GetObjectResponse.class::cast)
					.orElseThrow()
					.contentRange() == null)
				.extracting(ResponseReceived::getLocation)
				.containsExactly(LocationRole.PRIMARY);
			assertThat(of(RequestCompleted.class)).extracting(RequestCompleted::getLocation)
				.containsExactly(LocationRole.PRIMARY);
		});
	}

	@Test
	void leavesNothingBehindWhenNoLocationHasAPart() {
		put(this.west, random(SIZE + 1));
		run((operations) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == SIZE) ? 3_000_000 : 0);
			this.secondary.cut(Cut.CLOSE, (length) -> (length > SIZE) ? 3_000_000 : 0);

			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> operations.download(KEY, target()));

			assertThat(this.folder).isEmptyDirectory();
			assertThat(of(RequestCompleted.class)).hasSize(1);
		});
	}

	@Test
	void verifiesTheFile() {
		run((operations) -> {
			this.primary.corrupt((length) -> length < SIZE);

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailedOver.class)).isNotEmpty();
		});
	}

	@Test
	void tellsNothingOfAPartBehindTheEnd() {
		CountDownLatch requests = new CountDownLatch(4);
		CountDownLatch end = new CountDownLatch(1);
		List<RequestEvent> told = new CopyOnWriteArrayList<>();
		run((operations) -> {
			this.primary.cut(Cut.STALL, (length) -> (length < SIZE) ? 0 : length);
			FailoverS3Operations interrupted = operations.on(RequestSent.class, (event) -> requests.countDown())
				.on(RequestCompleted.class, (event) -> end.countDown())
				.on(BytesTransferred.class, (event) -> {
					await(requests);
					Thread.currentThread().interrupt();
				})
				.on(ErrorReceived.class, (event) -> {
					// The end comes first if nobody waits for the parts.
					if (isOfPart(Thread.currentThread())) {
						awaitBriefly(end);
					}
				})
				.on(RequestEvent.class, told::add);

			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> interrupted.download(KEY, target()));

			assertThat(Thread.interrupted()).isTrue();
			awaitNoParts();
			assertThat(told).filteredOn(ErrorReceived.class::isInstance).hasSize(4);
			assertThat(told.get(told.size() - 1)).isInstanceOf(RequestCompleted.class);
		});
	}

	private Path target() {
		return this.folder.resolve("target");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitBriefly(CountDownLatch latch) {
		try {
			latch.await(500, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run(Check check, String... properties) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.primary.max-connections=4", "s3s3.secondary.max-connections=4",
					"s3s3.failover.back-off=1ms")
			.withPropertyValues(properties)
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				check.accept(template.on(RequestEvent.class, this.events::add));
				awaitNoParts();
			});
	}

	private static void awaitNoParts() {
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> isOfPart(thread) && !isEnding(thread));
	}

	private static boolean isOfPart(Thread thread) {
		return thread.getName().equals("s3s3-download");
	}

	private static boolean isEnding(Thread thread) {
		try {
			thread.join(5000);
			return !thread.isAlive();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private <E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static void put(EmbeddedS3 server, byte[] content) {
		try (S3Client client = server.client()) {
			client.putObject((request) -> request.bucket(server.bucket()).key(KEY), RequestBody.fromBytes(content));
		}
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/**
	 * What to do with a template.
	 */
	@FunctionalInterface
	private interface Check {

		void accept(FailoverS3Operations operations) throws Exception;

	}

}
