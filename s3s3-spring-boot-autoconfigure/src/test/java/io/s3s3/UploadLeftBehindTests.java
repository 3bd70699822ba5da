package io.s3s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.s3s3.event.RequestListener;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is told of an upload in parts that a location may have begun without an answer.
 */
@ExtendWith(OutputCaptureExtension.class)
class UploadLeftBehindTests {

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final List<UploadLeftBehind> told = new ArrayList<>();

	@AutoClose
	private final FailoverS3Client client = FailoverS3Client.builder()
		.primary(this.primary, "east")
		.secondary(this.secondary, "west")
		.listener(RequestListener.of(UploadLeftBehind.class, this.told::add))
		.build();

	@ParameterizedTest
	@MethodSource("uploads")
	void namesKeyLocationAndTime(Consumer<FailoverS3Client> upload, CapturedOutput output) {
		Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class))).willThrow(timeout());
		given(this.secondary.createMultipartUpload(any(CreateMultipartUploadRequest.class))).willThrow(refusal());

		Throwable failure = catchThrowable(() -> upload.accept(this.client));

		assertThat(this.told).singleElement().satisfies((event) -> {
			assertThat(event.getKey()).isEqualTo("k");
			assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
			assertThat(event.getBucket()).isEqualTo("east");
			assertThat(event.getTime()).isBetween(before, Instant.now());
			String description = "an upload of 'k' at the primary location was begun in the bucket east at "
					+ event.getTime();
			assertThat(output).containsOnlyOnce(description);
			assertThat(FailoverTrace.of(failure)).get().asString().contains(description);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void saysSoWhenAnErrorDoesNotTellHowItEnded(int status) {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willThrow(S3Exception.builder().statusCode(status).build());
		given(this.secondary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());

		this.client.createMultipartUpload((request) -> request.key("k"));

		assertThat(this.told).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("uploads")
	void saysNothingOfALocationThatRefuses(Consumer<FailoverS3Client> upload, CapturedOutput output) {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class))).willThrow(refusal());

		Throwable unused = catchThrowable(() -> upload.accept(this.client));

		assertThat(this.told).isEmpty();
		assertThat(output).doesNotContain("an upload of 'k'");
	}

	@Test
	void isPublishedToTheApplicationContextUnasked() {
		try (FaultyEndpoint silent = FaultyEndpoint.silent(); EmbeddedS3 server = EmbeddedS3.start("west")) {
			Contexts.pair(silent.uri(), "east", server.endpoint(), "west")
				.withPropertyValues("s3s3.primary.read-timeout=300ms", "s3s3.probe.enabled=false")
				.withUserConfiguration(Listening.class)
				.run((context) -> {
					context.getBean(FailoverS3Client.class).createMultipartUpload((request) -> request.key("k"));

					assertThat(context.getBean(Listening.class).told).hasSize(1);
				});
		}
	}

	static List<Named<Consumer<FailoverS3Client>>> uploads() {
		return List.of(
				Named.of("upload",
						(client) -> client.upload(PutObjectRequest.builder().key("k").build(),
								RequestBody.fromBytes(new byte[17 << 20]))),
				Named.of("createMultipartUpload", (client) -> client.createMultipartUpload((it) -> it.key("k"))));
	}

	private static SdkClientException timeout() {
		return SdkClientException.create("Unable to execute HTTP request",
				new SocketTimeoutException("Read timed out"));
	}

	private static SdkClientException refusal() {
		return SdkClientException.create("Unable to execute HTTP request", new ConnectException("refused"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		private final List<UploadLeftBehind> told = new ArrayList<>();

		@Bean
		ApplicationListener<UploadLeftBehind> listener() {
			return this.told::add;
		}

	}

}
