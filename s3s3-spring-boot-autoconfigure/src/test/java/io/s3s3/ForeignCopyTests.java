package io.s3s3;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.s3s3.failure.FailoverTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

/**
 * Tests for copies from a bucket outside the pair: where the secondary is, the bucket of
 * that name is somebody else's.
 */
class ForeignCopyTests extends AbstractFailoverS3ClientTests {

	private final SdkClientException refused = refused();

	@SuppressWarnings("deprecation") // the deprecated copySource names a bucket too
	static Stream<Consumer<CopyObjectRequest.Builder>> sources() {
		return Stream.of((request) -> request.sourceBucket("foreign").sourceKey("k"),
				(request) -> request.copySource("foreign/k"), (request) -> request.copySource("/foreign%2Fk"),
				(request) -> request.sourceBucket("arn:aws:s3:us-west-2:123456789012:accesspoint/other").sourceKey("k"),
				(request) -> request
					.copySource("arn:aws:s3:us-west-2:123456789012:accesspoint/other/object/k%20k?versionId=1"));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void goToThePrimaryOnly(Consumer<CopyObjectRequest.Builder> source) {
		given(this.primary.copyObject(any(CopyObjectRequest.class))).willThrow(this.refused);

		Throwable error = catchThrowable(() -> this.client.copyObject((request) -> {
			request.destinationBucket("west").destinationKey("k");
			source.accept(request);
		}));

		assertThat(error).isSameAs(this.refused);
		assertThat(FailoverTrace.of(error)).get()
			.satisfies((trace) -> assertThat(trace).hasMessageContaining("outside the pair"));
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void goToThePrimaryOnlyThoughTheirPartsBelongElsewhere() {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class))).willThrow(this.refused);
		given(this.secondary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(this.primary.uploadPartCopy(any(UploadPartCopyRequest.class))).willThrow(this.refused);
		this.client.createMultipartUpload((request) -> request.key("k"));

		assertThat(catchThrowable(() -> this.client.uploadPartCopy((request) -> request.sourceBucket("foreign")
			.sourceKey("k")
			.destinationKey("k")
			.uploadId("u")
			.partNumber(1)))).isSameAs(this.refused);
		then(this.secondary).should(never()).uploadPartCopy(any(UploadPartCopyRequest.class));
	}

	@Test
	void areNotThoseWithinThePair() {
		given(this.primary.copyObject(any(CopyObjectRequest.class))).willThrow(this.refused);
		given(this.secondary.copyObject(any(CopyObjectRequest.class))).willReturn(CopyObjectResponse.builder().build());

		this.client.copyObject((request) -> request.sourceBucket("east").sourceKey("k").destinationKey("l"));

		then(this.secondary).should().copyObject(any(CopyObjectRequest.class));
	}

}
