package io.s3s3;

import java.net.ConnectException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.Closer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for requests that carry their own credentials or encryption keys.
 */
class CarriedSecretsTests {

	@AutoClose
	private final Closer closer = new Closer();

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final SdkClientException refused = SdkClientException.create("refused",
			new ConnectException("Connection refused"));

	static Stream<Consumer<HeadObjectRequest.Builder>> secrets() {
		return Stream.of((request) -> request.sseCustomerKey("secret"),
				(request) -> request
					.overrideConfiguration((own) -> own.credentialsProvider(AnonymousCredentialsProvider.create())),
				(request) -> request.overrideConfiguration((own) -> own.putHeader("X-Amz-Security-Token", "secret")),
				(request) -> request
					.overrideConfiguration((own) -> own.putRawQueryParameter("X-Amz-Security-Token", "secret")),
				(request) -> request.overrideConfiguration((own) -> own.addPlugin((config) -> {
				})));
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void stayAtHomeIfTheyMayNotTravel(Consumer<HeadObjectRequest.Builder> secret) {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(this.refused);

		Throwable error = catchThrowable(() -> client(false).headObject((request) -> {
			request.key("k");
			secret.accept(request);
		}));

		assertThat(error).isSameAs(this.refused);
		assertThat(FailoverTrace.of(error)).get()
			.satisfies((trace) -> assertThat(trace).hasMessageContaining("s3s3.failover.carry-secrets"));
		then(this.secondary).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void travelByDefault(Consumer<HeadObjectRequest.Builder> secret) {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(this.refused);
		given(this.secondary.headObject(any(HeadObjectRequest.class)))
			.willReturn(HeadObjectResponse.builder().eTag("e").build());

		assertThat(this.closer.add(builder().build()).headObject((request) -> {
			request.key("k");
			secret.accept(request);
		}).eTag()).isEqualTo("e");
	}

	@Test
	void areKeysForTheSourceOfACopyToo() {
		given(this.primary.copyObject(any(CopyObjectRequest.class))).willThrow(this.refused);

		assertThat(catchThrowable(() -> client(false)
			.copyObject((request) -> request.sourceKey("a").destinationKey("b").copySourceSSECustomerKey("secret"))))
			.isSameAs(this.refused);
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void areNotFoundInOtherRequests() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(this.refused);
		given(this.secondary.headObject(any(HeadObjectRequest.class)))
			.willReturn(HeadObjectResponse.builder().eTag("e").build());

		assertThat(client(false)
			.headObject((request) -> request.key("k").overrideConfiguration((own) -> own.putHeader("X-Mine", "x")))
			.eTag()).isEqualTo("e");
	}

	private FailoverS3Client client(boolean carrySecrets) {
		return this.closer.add(builder().carrySecrets(carrySecrets).build());
	}

	private FailoverS3Client.Builder builder() {
		return FailoverS3Client.builder().primary(this.primary, "east").secondary(this.secondary, "west");
	}

}
