package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.upload.FileContent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

/**
 * What an upload in parts asks of its locations, and what is made of their failures.
 */
@ExtendWith(OutputCaptureExtension.class)
class MultipartUploadTests {

	private static final int MB = 1024 * 1024;

	@TempDir
	private Path folder;

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final List<RequestEvent> events = Collections.synchronizedList(new ArrayList<>());

	private final FailoverS3Client client = FailoverS3Client.builder()
		.primary(this.primary, "east")
		.secondary(this.secondary, "west")
		.listener(this.events::add)
		.build();

	@BeforeEach
	void setUp() {
		givenThatAllIsWellAt(this.primary);
		givenThatAllIsWellAt(this.secondary);
	}

	@AfterEach
	void stop() {
		this.client.close();
	}

	@Test
	void isOneCallForListeners() {
		PutObjectResponse response = upload();

		assertThat(response.eTag()).isEqualTo("whole");
		assertThat(response.versionId()).isEqualTo("v");
		assertThat(this.events).filteredOn(RequestSent.class::isInstance)
			.extracting(RequestEvent::getOperation)
			.containsExactly("PutObject");
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
		then(this.primary).should(never()).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void completesWithTheTagAndChecksumOfEachPartInOrder() {
		upload();

		ArgumentCaptor<CompleteMultipartUploadRequest> request = ArgumentCaptor
			.forClass(CompleteMultipartUploadRequest.class);
		then(this.primary).should().completeMultipartUpload(request.capture());
		assertThat(request.getValue().bucket()).isEqualTo("east");
		assertThat(request.getValue().key()).isEqualTo("k");
		assertThat(request.getValue().uploadId()).isEqualTo("u");
		assertThat(request.getValue().requestPayerAsString()).isEqualTo("requester");
		assertThat(request.getValue().multipartUpload().parts()).extracting(CompletedPart::partNumber)
			.containsExactly(1, 2, 3);
		assertThat(request.getValue().multipartUpload().parts()).extracting(CompletedPart::eTag)
			.containsExactly("part1", "part2", "part3");
		assertThat(request.getValue().multipartUpload().parts()).extracting(CompletedPart::checksumCRC32)
			.containsExactly("crc1", "crc2", "crc3");
	}

	@Test
	void beginsAgainElsewhereWhenItIsNotKnownWhetherItIsComplete() {
		given(this.primary.completeMultipartUpload(any(CompleteMultipartUploadRequest.class))).willThrow(reset());

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(failover().getEffect()).isEqualTo(Effect.UNKNOWN);
		then(this.primary).should(timeout(20_000)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@Test
	void doesNotTakeAnUploadThatIsGoneWhenItIsCompletedForTheCallersMistake() {
		given(this.primary.completeMultipartUpload(any(CompleteMultipartUploadRequest.class)))
			.willThrow(NoSuchUploadException.builder().statusCode(404).build());

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(failover().getReason()).isEqualTo(FailureKind.UNEXPECTED);
		assertThat(failover().getEffect()).isEqualTo(Effect.UNKNOWN);
	}

	@Test
	void beginsAgainElsewhereWhenAPartFailsAndSaysThatNothingWasStored() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(failover().getReason()).isEqualTo(FailureKind.RESET);
		assertThat(failover().getEffect()).isEqualTo(Effect.NOT_SENT);
		then(this.primary).should(never()).completeMultipartUpload(any(CompleteMultipartUploadRequest.class));
	}

	@Test
	void abortsWhatItBeganWhenTheRequestItselfIsWrong() {
		S3Exception wrong = (S3Exception) S3Exception.builder()
			.statusCode(403)
			.awsErrorDetails(software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
				.errorCode("AccessDenied")
				.build())
			.build();
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(wrong);

		assertThatExceptionOfType(S3Exception.class).isThrownBy(this::upload).isSameAs(wrong);

		then(this.secondary).shouldHaveNoInteractions();
		then(this.primary).should(timeout(20_000)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@Test
	void namesAnUploadThatMayHaveBegunWithoutAnAnswer(CapturedOutput output) {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class))).willThrow(reset());

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(output).containsOnlyOnce("not known whether an upload of 'k' at the primary location was begun");
		assertThat(failover().getEffect()).isEqualTo(Effect.NOT_SENT);
	}

	@Test
	void saysNothingOfAnUploadThatHasNotBegunOrIsKnown(CapturedOutput output) {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willThrow(SdkClientException.create("Unable to execute HTTP request", new ConnectException("refused")))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());

		upload();
		upload();

		assertThat(output).doesNotContain("not known whether an upload");
	}

	@Test
	void doesNotTakeAFileThatCannotBeReadForAFailureOfTheLocation() throws IOException {
		Path file = Files.write(this.folder.resolve("file"), new byte[20 * MB]);
		RequestBody body = FileContent.bodyOf(file);
		Files.delete(file);
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willAnswer((invocation) -> {
				RequestBody part = invocation.getArgument(1);
				try (InputStream stream = part.contentStreamProvider().newStream()) {
					throw new AssertionError("Opened " + stream);
				}
				catch (UncheckedIOException ex) {
					throw SdkClientException.create("Unable to execute HTTP request", ex);
				}
			});

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.upload(PutObjectRequest.builder().key("k").build(), body))
			.withRootCauseInstanceOf(NoSuchFileException.class);

		then(this.secondary).shouldHaveNoInteractions();
		assertThat(this.events).filteredOn(ErrorReceived.class::isInstance)
			.map((event) -> ((ErrorReceived) event).getFailure().kind())
			.containsExactly(FailureKind.CALLER);
		then(this.primary).should(timeout(20_000)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "NoSuchUpload", "InvalidPart", "InvalidPartOrder" })
	void beginsAgainElsewhereWhenItsPartsAreLost(String code) {
		S3Exception lost = (S3Exception) S3Exception.builder()
			.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.build();
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(lost);

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(failover().getEffect()).isEqualTo(Effect.NOT_SENT);
		then(this.secondary).should().completeMultipartUpload(any(CompleteMultipartUploadRequest.class));
	}

	@Test
	void addsToAnObjectByOneRequest() {
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class)))
			.willReturn(PutObjectResponse.builder().eTag("longer").build());

		PutObjectResponse response = this.client.upload(
				PutObjectRequest.builder().key("k").writeOffsetBytes(5L).build(),
				RequestBody.fromBytes(new byte[20 * MB]));

		assertThat(response.eTag()).isEqualTo("longer");
	}

	@Test
	void isAbortedThoughAViewIsClosed() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());
		this.client.on(RequestEvent.class, (event) -> {
		}).close();

		upload();

		then(this.primary).should(timeout(20_000)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@Test
	void triesToAbortAgainWhenTheLocationAnswersAnotherCall() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());
		given(this.primary.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willThrow(reset())
			.willReturn(AbortMultipartUploadResponse.builder().build());
		upload();

		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			this.client.deleteObject((request) -> request.key("other"));
			ArgumentCaptor<AbortMultipartUploadRequest> aborts = ArgumentCaptor
				.forClass(AbortMultipartUploadRequest.class);
			then(this.primary).should(org.mockito.Mockito.times(2)).abortMultipartUpload(aborts.capture());
			assertThat(aborts.getAllValues()).extracting(AbortMultipartUploadRequest::bucket).containsOnly("east");
		});
	}

	@Test
	void storesAConditionalUploadAtHomeOnly() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.upload(PutObjectRequest.builder().key("k").ifNoneMatch("*").build(),
					RequestBody.fromBytes(new byte[20 * MB])));

		then(this.secondary).shouldHaveNoInteractions();
	}

	private PutObjectResponse upload() {
		return this.client.upload(PutObjectRequest.builder().key("k").requestPayer("requester").build(),
				RequestBody.fromBytes(new byte[20 * MB]));
	}

	private RequestFailedOver failover() {
		return this.events.stream()
			.filter(RequestFailedOver.class::isInstance)
			.map(RequestFailedOver.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static void givenThatAllIsWellAt(S3Client location) {
		given(location.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(location.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			UploadPartRequest request = invocation.getArgument(0);
			return UploadPartResponse.builder()
				.eTag("part" + request.partNumber())
				.checksumCRC32("crc" + request.partNumber())
				.build();
		});
		given(location.completeMultipartUpload(any(CompleteMultipartUploadRequest.class)))
			.willReturn(CompleteMultipartUploadResponse.builder().eTag("whole").versionId("v").build());
	}

	private static SdkClientException reset() {
		return SdkClientException.create("Unable to execute HTTP request", new SocketException("Connection reset"));
	}

}
