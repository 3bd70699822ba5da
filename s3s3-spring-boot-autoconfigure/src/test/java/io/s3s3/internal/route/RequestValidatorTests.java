package io.s3s3.internal.route;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link RequestValidator}.
 */
class RequestValidatorTests {

	@ParameterizedTest
	@MethodSource
	void needsAKey(S3Request request) {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestValidator.requireSendable(request))
			.withMessage("The Key is missing");
	}

	static Stream<S3Request> needsAKey() {
		return Stream.of(GetObjectRequest.builder().build(), HeadObjectRequest.builder().build(),
				PutObjectRequest.builder().build(), DeleteObjectRequest.builder().build(),
				CompleteMultipartUploadRequest.builder().build(),
				DeleteObjectsRequest.builder()
					.delete((delete) -> delete.objects(ObjectIdentifier.builder().versionId("1").build()))
					.build());
	}

	@ParameterizedTest
	@MethodSource
	void needsNoKeyWhereNoneIsNamed(S3Request request) {
		assertThatNoException().isThrownBy(() -> RequestValidator.requireSendable(request));
	}

	static Stream<S3Request> needsNoKeyWhereNoneIsNamed() {
		return Stream.of(HeadBucketRequest.builder().build(), ListObjectsV2Request.builder().build(),
				CopyObjectRequest.builder().copySource("b/k").destinationKey("k").build());
	}

	@Test
	void refusesAnEmptyKey() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RequestValidator.requireSendable(GetObjectRequest.builder().key("").build()))
			.withMessage("The Key is empty");
	}

	@Test
	void refusesAHeaderOfTheCallersOwnThatWouldBeSeveral() {
		GetObjectRequest request = GetObjectRequest.builder()
			.key("k")
			.overrideConfiguration((own) -> own.putHeader("x-own", "a\r\nx-other: b"))
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> RequestValidator.requireSendable(request))
			.withMessageContaining("header 'x-own'")
			.withMessageContaining("U+000D");
	}

}
