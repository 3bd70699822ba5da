package io.s3s3;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Downloads of large objects into a file, in parallel parts.
 */
class ParallelDownloadIntegrationTests extends AbstractParallelDownloadTests {

	@Test
	void fetchesPartsSideBySidePinnedToOneObject() {
		run((operations) -> {
			assertThat(operations.download(KEY, target()).contentLength()).isEqualTo(SIZE);

			assertThat(Files.mismatch(target(), Files.write(this.folder.resolve("expected"), CONTENT))).isEqualTo(-1);
			List<String> parts = this.primary.requests().subList(1, this.primary.requests().size());
			assertThat(parts).isNotEmpty()
				.allSatisfy((request) -> assertThat(request.toLowerCase(Locale.ROOT)).contains("range: bytes=")
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
	void needsNoMoreThanTheConnectionItHas() {
		this.secondary.die();
		CountDownLatch errors = new CountDownLatch(6);
		AtomicBoolean first = new AtomicBoolean(true);
		run((operations) -> {
			operations.on(ErrorReceived.class, (event) -> errors.countDown()).on(BytesTransferred.class, (event) -> {
				if (first.compareAndSet(true, false)) {
					await(errors);
					awaitIdleParts();
				}
			}).download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(this.primary.requests()).hasSize(1);
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.isSorted()
				.endsWith((long) SIZE);
		}, "s3s3.primary.max-connections=1", "s3s3.primary.connect-timeout=200ms", "s3s3.primary.read-timeout=2s");
	}

	@Test
	void leavesToOthersThePartThatALocationIsTooBusyFor() {
		this.secondary.die();
		AtomicInteger requests = new AtomicInteger();
		this.primary.slowDown((request) -> requests.incrementAndGet() == 3);
		run((operations) -> {
			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailed.class)).isEmpty();
		});
	}

	@Test
	void doesWithoutPartsWhereNoneCanBeFetched() {
		Predicate<String> ranges = (request) -> request.toLowerCase(Locale.ROOT).contains("range: ");
		this.primary.slowDown(ranges);
		this.secondary.slowDown(ranges);
		run((operations) -> {
			for (int i = 0; i < 5; i++) {
				operations.download(KEY, target());
				assertThat(target()).hasBinaryContent(CONTENT);
				Files.delete(target());
			}
		}, "s3s3.circuit.consecutive-throttles=1000");
	}

	@Test
	void verifiesTheFileWhereThatIsAskedFor() {
		run((operations) -> {
			this.primary.corrupt((length) -> length < SIZE);

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailedOver.class)).isNotEmpty();
		}, "s3s3.transfer.digest-streams=true");
	}

	@Test
	void leavesAFileWhosePartsCameFromOneLocationToTheirETag() {
		run((operations) -> {
			this.primary.corrupt((length) -> length < SIZE);

			operations.download(KEY, target());

			assertThat(target()).hasSize(SIZE);
			assertThat(of(RequestFailedOver.class)).isEmpty();
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

	private static void awaitBriefly(CountDownLatch latch) {
		try {
			latch.await(500, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
