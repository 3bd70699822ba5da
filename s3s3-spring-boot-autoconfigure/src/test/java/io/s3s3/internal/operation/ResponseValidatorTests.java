package io.s3s3.internal.operation;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Response;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ResponseValidator}.
 */
class ResponseValidatorTests {

	private static final SdkHttpResponse OK = SdkHttpResponse.builder().statusCode(200).build();

	private final SdkClient client = mock(SdkClient.class);

	static Stream<S3Response.Builder> telling() {
		return Stream.of(ListObjectsV2Response.builder(), GetObjectAclResponse.builder(),
				GetObjectRetentionResponse.builder(), GetObjectLegalHoldResponse.builder());
	}

	@ParameterizedTest
	@MethodSource("telling")
	void refusesAnEmptyAnswerWhereOneTellsSomething(S3Response.Builder response) {
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> validate(response))
			.withMessageContaining("lacks what S3 always sends");
	}

	@Test
	void takesAnEmptyAnswerWhereThereMayBeNothing() {
		assertThatNoException().isThrownBy(() -> validate(GetObjectTaggingResponse.builder()));
	}

	@Test
	void takesAnAnswerThatTellsSomething() {
		assertThatNoException().isThrownBy(() -> validate(
				GetObjectLegalHoldResponse.builder().legalHold((hold) -> hold.status(ObjectLockLegalHoldStatus.OFF))));
	}

	private void validate(S3Response.Builder response) {
		ResponseValidator.requireS3((S3Response) response.sdkHttpResponse(OK).build(), this.client);
	}

}
