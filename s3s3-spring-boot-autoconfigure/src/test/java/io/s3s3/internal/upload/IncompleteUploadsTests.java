package io.s3s3.internal.upload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link IncompleteUploads}.
 */
@ExtendWith(OutputCaptureExtension.class)
class IncompleteUploadsTests {

	private final S3Client client = mock(S3Client.class);

	private final Location location = Location.of(LocationRole.PRIMARY, this.client, "east");

	private final ExecutorService workers = Executors.newSingleThreadExecutor();

	private final IncompleteUploads uploads = new IncompleteUploads();

	@AfterEach
	void stop() {
		this.uploads.close();
		this.workers.shutdownNow();
	}

	@Test
	void abortsAnUploadByItself() {
		givenThatAbortsSucceed();
		this.workers.shutdown();

		this.uploads.add(upload("u"));

		awaitNone();
	}

	@Test
	void takesAnUploadThatIsGoneForAborted() {
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(NoSuchUploadException.builder().build());
		this.workers.shutdown();

		this.uploads.add(upload("u"));

		awaitNone();
	}

	@Test
	void waitsForThoseWhoMayStillSendParts() {
		givenThatAbortsSucceed();
		IncompleteUpload upload = upload("u");

		this.uploads.add(upload);
		this.uploads.answered(LocationRole.PRIMARY);
		awaitAbortAtSecondary();
		then(this.client).should(never()).abortMultipartUpload(any(AbortMultipartUploadRequest.class));

		this.workers.shutdown();
		awaitNone();
	}

	@Test
	void remembersNoMoreThanAThousandAndNamesWhatItForgets(CapturedOutput output) {
		givenThatAbortsFail();
		for (int i = 0; i <= 1000; i++) {
			this.uploads.add(upload("upload-" + i));
		}

		assertThat(this.uploads.size()).isEqualTo(1000);
		assertThat(output).contains("abort the upload upload-0 of 'k' at the primary location yourself")
			.doesNotContain("upload-1 ");
	}

	@Test
	void namesWhatItCouldNotAbortWhenItIsClosed(CapturedOutput output) {
		givenThatAbortsFail();
		this.uploads.add(upload("upload-7"));

		this.uploads.close();

		assertThat(output).contains("Could not abort the upload upload-7 of 'k' at the primary location");
	}

	@Test
	void namesButDoesNotKeepWhatIsGivenUpAfterItIsClosed(CapturedOutput output) {
		this.uploads.close();

		this.uploads.add(upload("upload-8"));

		assertThat(output).contains("Could not abort the upload upload-8 of 'k' at the primary location");
		assertThat(this.uploads.size()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied", "404, NoSuchBucket", "400, InvalidRequest" })
	void namesOnceAndForgetsWhatS3RefusesToAbort(int status, String code, CapturedOutput output) {
		givenThatAbortsAreAnswered(status, code);
		this.workers.shutdown();

		this.uploads.add(upload("u-" + code));

		awaitNone();
		assertThat(output).containsOnlyOnce(
				"S3 refused (" + code + ") to abort the upload u-" + code + " of 'k' at the primary location");
		then(this.client).should().abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@ParameterizedTest
	@CsvSource({ "503, SlowDown", "500, InternalError", "429, TooManyRequests", "408, RequestTimeout",
			"400, RequestTimeout", "400, ExpiredToken", "403, RequestTimeTooSkewed" })
	void keepsWhatS3MayAbortLater(int status, String code) {
		givenThatAbortsAreAnswered(status, code);
		this.workers.shutdown();

		assertThat(upload("u").abort()).isFalse();
	}

	@Test
	void triesAgainByItselfAfterAnyError() {
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(new IllegalStateException("pool"))
			.willReturn(AbortMultipartUploadResponse.builder().build());
		this.workers.shutdown();

		this.uploads.add(upload("u"));

		awaitNone();
	}

	@Test
	void abortsOnceMoreHoweverManyCallsALocationAnswersMeanwhile() throws Exception {
		CountDownLatch aborting = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger aborts = new AtomicInteger();
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willAnswer((invocation) -> {
			aborts.incrementAndGet();
			aborting.countDown();
			answer.await();
			throw SdkClientException.create("down");
		});
		this.workers.shutdown();
		this.uploads.add(upload("u"));
		this.uploads.answered(LocationRole.PRIMARY);
		aborting.await();

		for (int i = 0; i < 1000; i++) {
			this.uploads.answered(LocationRole.PRIMARY);
		}
		CompletableFuture<Integer> abortsBefore = new CompletableFuture<>();
		this.uploads.add(uploadAtSecondary(() -> abortsBefore.complete(aborts.get())));
		this.uploads.answered(LocationRole.SECONDARY);
		answer.countDown();

		assertThat(abortsBefore.get(20, TimeUnit.SECONDS)).isLessThan(10);
	}

	@Test
	void doesNotAskALocationThatFailsForEachUploadAndEachCall() {
		givenThatAbortsFail();
		this.workers.shutdown();
		for (int i = 0; i < 10; i++) {
			this.uploads.add(upload("u" + i));
		}

		for (int i = 0; i < 1000; i++) {
			this.uploads.answered(LocationRole.PRIMARY);
			if (i % 100 == 0) {
				awaitAbortAtSecondary();
			}
		}

		then(this.client).should(atMost(3)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	// Then all that was asked for before has been done.
	private void awaitAbortAtSecondary() {
		CompletableFuture<Void> aborted = new CompletableFuture<>();
		S3Client client = mock(S3Client.class);
		given(client.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willAnswer((invocation) -> {
			aborted.complete(null);
			return AbortMultipartUploadResponse.builder().build();
		});
		ExecutorService none = Executors.newSingleThreadExecutor();
		none.shutdown();
		this.uploads.add(new IncompleteUpload(Location.of(LocationRole.SECONDARY, client, "west"),
				AbortMultipartUploadRequest.builder().bucket("west").key("k").uploadId("w").build(), none));
		this.uploads.answered(LocationRole.SECONDARY);
		aborted.orTimeout(20, TimeUnit.SECONDS).join();
	}

	private void awaitNone() {
		Awaitility.await().until(() -> this.uploads.size() == 0);
	}

	private void givenThatAbortsSucceed() {
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willReturn(AbortMultipartUploadResponse.builder().build());
	}

	private void givenThatAbortsFail() {
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(SdkClientException.create("down"));
	}

	private void givenThatAbortsAreAnswered(int status, String code) {
		given(this.client.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willThrow(S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.build());
	}

	private IncompleteUpload uploadAtSecondary(Runnable onAbort) {
		S3Client client = mock(S3Client.class);
		given(client.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willAnswer((invocation) -> {
			onAbort.run();
			return AbortMultipartUploadResponse.builder().build();
		});
		return new IncompleteUpload(Location.of(LocationRole.SECONDARY, client, "west"),
				AbortMultipartUploadRequest.builder().bucket("west").key("k").uploadId("w").build(), this.workers);
	}

	private IncompleteUpload upload(String id) {
		return new IncompleteUpload(this.location,
				AbortMultipartUploadRequest.builder().bucket("east").key("k").uploadId(id).build(), this.workers);
	}

}
