package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestSent;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.upload.FileContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

/**
 * The requests of an upload in parts, and how their failures are handled.
 */
class MultipartUploadTests extends AbstractMultipartUploadTests {

	@TempDir
	private Path folder;

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
	void storesAConditionalUploadAtHomeOnly() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(reset());

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.upload(PutObjectRequest.builder().key("k").ifNoneMatch("*").build(),
					RequestBody.fromBytes(new byte[20 * MB])));

		then(this.secondary).shouldHaveNoInteractions();
	}

}
