package io.s3s3;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.OneShot;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for uploads in parts that this process did not begin, or has forgotten.
 */
class UnknownUploadTests extends AbstractFailoverS3ClientTests {

	@Test
	void areAskedOfTheOtherLocationWhenHomeDoesNotKnowThem() {
		given(this.primary.listParts(any(ListPartsRequest.class))).willThrow(missing(NoSuchUploadException.builder()));
		given(this.secondary.listParts(any(ListPartsRequest.class)))
			.willReturn(ListPartsResponse.builder().uploadId("u").build());

		assertThat(this.client.listParts((request) -> request.key("k").uploadId("u")).uploadId()).isEqualTo("u");

		this.client.abortMultipartUpload((request) -> request.key("k").uploadId("u"));
		then(this.primary).should(never()).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
		then(this.secondary).should().abortMultipartUpload(any(AbortMultipartUploadRequest.class));
		assertThat(this.events).hasAtLeastOneElementOfType(RequestFailedOver.class);
	}

	@Test
	void areAskedOfTheOtherLocationThoughHomeMissesTheKeyOnly() {
		given(this.primary.listParts(any(ListPartsRequest.class))).willThrow(missing(NoSuchKeyException.builder()));
		given(this.secondary.listParts(any(ListPartsRequest.class)))
			.willReturn(ListPartsResponse.builder().uploadId("u").build());

		assertThat(this.client.listParts((request) -> request.key("k").uploadId("u")).uploadId()).isEqualTo("u");
	}

	@Test
	void areAskedOfTheOtherLocationWhenHomeIsDown() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(refused());
		given(this.secondary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willReturn(UploadPartResponse.builder().eTag("e").build());

		UploadPartResponse response = this.client.uploadPart((request) -> request.key("k").uploadId("u").partNumber(1),
				RequestBody.fromInputStream(new OneShot(new byte[] { 1, 2, 3 }), 3));

		assertThat(response.eTag()).isEqualTo("e");
		ArgumentCaptor<UploadPartRequest> sent = ArgumentCaptor.forClass(UploadPartRequest.class);
		then(this.secondary).should().uploadPart(sent.capture(), any(RequestBody.class));
		assertThat(sent.getValue().bucket()).isEqualTo("west");
	}

	@Test
	void areUnknownIfNoLocationKnowsThem() {
		given(this.primary.completeMultipartUpload(any(CompleteMultipartUploadRequest.class)))
			.willThrow(missing(NoSuchUploadException.builder()));
		given(this.secondary.completeMultipartUpload(any(CompleteMultipartUploadRequest.class)))
			.willThrow(missing(NoSuchUploadException.builder()));

		assertThat(
				catchThrowable(() -> this.client.completeMultipartUpload((request) -> request.key("k").uploadId("u"))))
			.isInstanceOf(NoSuchUploadException.class);
	}

	@Test
	void areNotSaidToBeUnknownWhileALocationCouldNotBeAsked() {
		SdkClientException refused = refused();
		given(this.primary.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willThrow(refused);
		given(this.secondary.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(missing(NoSuchUploadException.builder()));

		assertThat(catchThrowable(() -> this.client.abortMultipartUpload((request) -> request.key("k").uploadId("u"))))
			.isSameAs(refused);
		assertThat(FailoverTrace.of(refused)).isPresent();
	}

	@Test
	void areSoughtAgainIfALocationTookAPartAndYetDoesNotKnowThem() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willReturn(UploadPartResponse.builder().eTag("e").build());
		given(this.primary.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(missing(NoSuchUploadException.builder()));
		given(this.secondary.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willReturn(AbortMultipartUploadResponse.builder().build());
		this.client.uploadPart((request) -> request.key("k").uploadId("u").partNumber(1), RequestBody.fromString("x"));

		this.client.abortMultipartUpload((request) -> request.key("k").uploadId("u"));

		then(this.secondary).should().abortMultipartUpload(any(AbortMultipartUploadRequest.class));
	}

	@Test
	void areNeverThoseThatThisProcessBegan() {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(this.primary.abortMultipartUpload(any(AbortMultipartUploadRequest.class)))
			.willThrow(missing(NoSuchUploadException.builder()));
		this.client.createMultipartUpload((request) -> request.key("k"));

		assertThat(catchThrowable(() -> this.client.abortMultipartUpload((request) -> request.key("k").uploadId("u"))))
			.isInstanceOf(NoSuchUploadException.class);
		then(this.primary).should(times(1)).abortMultipartUpload(any(AbortMultipartUploadRequest.class));
		then(this.secondary).shouldHaveNoInteractions();
	}

	private static Throwable missing(software.amazon.awssdk.services.s3.model.S3Exception.Builder error) {
		String code = (error instanceof NoSuchUploadException.Builder) ? "NoSuchUpload" : "NoSuchKey";
		return error.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.message(code)
			.build();
	}

}
