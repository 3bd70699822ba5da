package io.s3s3;

import java.net.ConnectException;

import io.s3s3.event.RequestEvent;
import io.s3s3.failure.Effect;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.timeout;

/**
 * What happens to an upload in parts that was given up.
 */
@ExtendWith(OutputCaptureExtension.class)
class MultipartUploadAbortTests extends AbstractMultipartUploadTests {

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

		Awaitility.await().untilAsserted(() -> {
			this.client.deleteObject((request) -> request.key("other"));
			ArgumentCaptor<AbortMultipartUploadRequest> aborts = ArgumentCaptor
				.forClass(AbortMultipartUploadRequest.class);
			then(this.primary).should(org.mockito.Mockito.times(2)).abortMultipartUpload(aborts.capture());
			assertThat(aborts.getAllValues()).extracting(AbortMultipartUploadRequest::bucket).containsOnly("east");
		});
	}

}
