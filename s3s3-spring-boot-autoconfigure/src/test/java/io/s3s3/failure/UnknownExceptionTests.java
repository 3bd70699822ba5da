package io.s3s3.failure;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.time.format.DateTimeParseException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link DefaultFailureClassifier} with exceptions that are none of the SDK's.
 */
class UnknownExceptionTests {

	private static final Failure REFUSED = Failure.ofCaller(FailureKind.REQUEST, Effect.NOT_SENT);

	private final FailureClassifier classifier = new DefaultFailureClassifier(false);

	@AutoClose
	private final FaultyEndpoint endpoint = AnsweringEndpoint
		.sending("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

	@Test
	void areTheLocationsThatHasAClosedClient() {
		S3Client s3 = EmbeddedS3.client(this.endpoint.uri());
		s3.close();

		assertThat(failureOf(s3)).isEqualTo(Failure.ofLocation(FailureKind.CONNECTION, Effect.UNKNOWN));
	}

	@ParameterizedTest
	@EnumSource
	void areTheLocationsWithAnInterceptorThatThrows(Timestamp moment) {
		for (RuntimeException error : new RuntimeException[] { new IllegalStateException("mine"),
				new IllegalArgumentException("mine"), new NullPointerException("mine") }) {
			ClientOverrideConfiguration configuration = ClientOverrideConfiguration.builder()
				.addExecutionInterceptor(new Throwing(moment, error))
				.build();

			Failure failure = failureOf((builder) -> builder.overrideConfiguration(configuration));

			assertThat(failure).isEqualTo(Failure.ofLocation(FailureKind.UNEXPECTED, moment.effect));
		}
	}

	@Test
	void areTheLocationsWithoutCredentials() {
		AwsCredentialsProvider throwing = () -> {
			throw new IllegalArgumentException("the vault is closed");
		};
		AwsCredentialsProvider empty = () -> null;

		assertThat(failureOf((builder) -> builder.credentialsProvider(throwing)).kind())
			.isEqualTo(FailureKind.CREDENTIALS);
		assertThat(failureOf((builder) -> builder.credentialsProvider(empty)).kind())
			.isEqualTo(FailureKind.CREDENTIALS);
	}

	@Test
	void areOfCredentialsThoughAFileIsMissing() {
		Throwable error = SdkClientException.create("Unable to load credentials",
				new UncheckedIOException(new NoSuchFileException("token")));

		assertThat(this.classifier.classify(error))
			.isEqualTo(Failure.ofLocation(FailureKind.CREDENTIALS, Effect.NOT_SENT));
	}

	@Test
	void areTheRequestsThatTheSdkRefuses() {
		try (S3Client s3 = EmbeddedS3.client(this.endpoint.uri())) {
			assertThat(this.classifier.classify(catchThrowable(() -> s3.getObject((r) -> r.bucket("b")))))
				.isEqualTo(REFUSED);
			assertThat(this.classifier.classify(catchThrowable(() -> s3.deleteObjects((r) -> r.bucket("b")))))
				.isEqualTo(REFUSED);
			assertThat(this.endpoint.connections()).isZero();
		}
	}

	@Test
	void areTheRequestsThatAreRefusedWithoutTheSdk() {
		assertThat(this.classifier.classify(new IllegalArgumentException("key"))).isEqualTo(REFUSED);
	}

	@Test
	void areOtherwiseTheLocations() {
		Failure unknown = Failure.ofLocation(FailureKind.UNEXPECTED, Effect.UNKNOWN);

		assertThat(this.classifier.classify(new IllegalStateException("bug"))).isEqualTo(unknown);
		assertThat(this.classifier.classify(new UnsupportedOperationException())).isEqualTo(unknown);
		assertThat(this.classifier.classify(new ClassCastException())).isEqualTo(unknown);
		assertThat(this.classifier.classify(withoutTrace(new IllegalArgumentException()))).isEqualTo(unknown);
		assertThat(this.classifier.classify(SdkClientException.create("wrapped", new IllegalStateException("bug"))))
			.isEqualTo(unknown);
		assertThat(this.classifier.classify(new RejectedExecutionException()))
			.isEqualTo(Failure.ofLocation(FailureKind.CONNECTION, Effect.UNKNOWN));
		assertThat(this.classifier.classify(new UncheckedIOException(new ClosedChannelException())).kind())
			.isEqualTo(FailureKind.RESET);
	}

	@Test
	void areBrokenAnswersIfSomethingWasParsed() {
		Failure broken = Failure.ofLocation(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);

		assertThat(this.classifier.classify(new NumberFormatException("many"))).isEqualTo(broken);
		assertThat(this.classifier.classify(new DateTimeParseException("yesterday", "yesterday", 0))).isEqualTo(broken);
		assertThat(this.classifier
			.classify(SdkClientException.create("Unable to unmarshall response (x)", new IllegalArgumentException())))
			.isEqualTo(broken);
	}

	private static RuntimeException withoutTrace(RuntimeException error) {
		error.setStackTrace(new StackTraceElement[0]);
		return error;
	}

	private Failure failureOf(Consumer<S3ClientBuilder> customizer) {
		S3ClientBuilder builder = S3Client.builder()
			.endpointOverride(this.endpoint.uri())
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create());
		customizer.accept(builder);
		try (S3Client s3 = builder.build()) {
			return failureOf(s3);
		}
	}

	private Failure failureOf(S3Client s3) {
		return this.classifier.classify(catchThrowable(() -> s3.deleteObject((r) -> r.bucket("b").key("k"))));
	}

	/**
	 * When an interceptor throws.
	 */
	enum Timestamp {

		BEFORE_EXECUTION(Effect.NOT_SENT), BEFORE_MARSHALLING(Effect.NOT_SENT), BEFORE_TRANSMISSION(Effect.UNKNOWN),
		AFTER_TRANSMISSION(Effect.UNKNOWN), AFTER_EXECUTION(Effect.UNKNOWN);

		private final Effect effect;

		Timestamp(Effect effect) {
			this.effect = effect;
		}

	}

	/**
	 * An interceptor that throws.
	 */
	private record Throwing(Timestamp moment, RuntimeException error) implements ExecutionInterceptor {

		@Override
		public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
			throwAt(Timestamp.BEFORE_EXECUTION);
		}

		@Override
		public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
			throwAt(Timestamp.BEFORE_MARSHALLING);
		}

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			throwAt(Timestamp.BEFORE_TRANSMISSION);
		}

		@Override
		public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
			throwAt(Timestamp.AFTER_TRANSMISSION);
		}

		@Override
		public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
			throwAt(Timestamp.AFTER_EXECUTION);
		}

		private void throwAt(Timestamp now) {
			if (now == this.moment) {
				throw (RuntimeException) this.error.fillInStackTrace();
			}
		}

	}

}
