package io.s3s3;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.event.ResponseReceived;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Downloads in parallel parts, some of which fail, or whose location fails.
 */
class ParallelDownloadFailoverIntegrationTests extends AbstractParallelDownloadTests {

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
				this.primary.die();
				return 1_000_000;
			});

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailedOver.class)).isNotEmpty();
		});
	}

	@Test
	void countsAPartOnceThatCameByHalfBefore() {
		this.secondary.die();
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
		}, "s3s3.transfer.part-concurrency=2", "s3s3.failover.max-rounds=1");
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
		}, "s3s3.primary.read-timeout=2s", "s3s3.transfer.part-size=5MB", "s3s3.transfer.part-concurrency=2");
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
	void asksAgainOnlyForTheRestOfThePartThatBroke() {
		run((operations) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == SIZE) ? 1_000_000 : length);

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(DownloadResumed.class)).hasSize(1);
			assertThat(this.primary.bodyBytes() + this.secondary.bodyBytes()).isEqualTo(SIZE);
		});
	}

	@Test
	void verifiesTheFileWhenAPartCameFromElsewhere() {
		AtomicInteger answers = new AtomicInteger();
		run((operations) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (answers.getAndIncrement() == 0) ? 1_000_000 : length);
			this.secondary.corrupt((length) -> length < SIZE);

			operations.download(KEY, target());

			assertThat(target()).hasBinaryContent(CONTENT);
			assertThat(of(RequestFailedOver.class)).isNotEmpty();
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

}
