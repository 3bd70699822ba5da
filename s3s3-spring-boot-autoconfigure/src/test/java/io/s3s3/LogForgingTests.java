package io.s3s3;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.s3s3.event.RequestEvent;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Nobody who chooses a key, or answers in place of S3, can forge a line of the log:
 * control characters are shown as escapes.
 */
class LogForgingTests {

	private static final String FORGERY = "k\n2026-01-01 ERROR \u001b[31m\u202eforged\u2028\u009b";

	private static final String SHOWN = "k\\n2026-01-01 ERROR \\u001b[31m\\u202eforged\\u2028\\u009b";

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.s3s3");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final S3Client primary = mock(S3Client.class);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.TRACE);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@ParameterizedTest
	@MethodSource
	void isNotInAMessageThatNamesWhatTheCallerGave(PutObjectRequest request) {
		try (FailoverS3Client client = client()) {
			Throwable error = catchThrowable(() -> client.putObject(request, RequestBody.empty()));

			assertThat(error).isInstanceOf(IllegalArgumentException.class);
			assertThat(error.getMessage()).contains("\\u202eforged");
			assertHarmless(error.getMessage());
		}
	}

	static Stream<PutObjectRequest> isNotInAMessageThatNamesWhatTheCallerGave() {
		return Stream.of(PutObjectRequest.builder().key(FORGERY + "x".repeat(1024)).build(),
				PutObjectRequest.builder().key("k").metadata(Map.of(FORGERY, "v")).build());
	}

	@Test
	void isNotInWhatAnObjectIsCalled() {
		try (FailoverS3Client client = client()) {
			FailoverS3Template template = new FailoverS3Template(client, null);

			assertThat(template.downloadAsResource(FORGERY).getDescription()).isEqualTo("S3 object [" + SHOWN + "]");
			assertThat(catchThrowable(() -> template.headObject((request) -> request.bucket(FORGERY).key("k"))))
				.hasMessageContaining("'" + SHOWN + "'");
		}
	}

	@Test
	void isNotInTheWarningAboutAnUploadThatMayHaveBegun() {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willThrow(SdkClientException.create("Unable to execute HTTP request", new SocketException("reset")));

		uploadInParts();

		assertThat(lines()).anyMatch((line) -> line.contains(SHOWN));
		lines().forEach(LogForgingTests::assertHarmless);
	}

	@Test
	void isNotInTheWarningAboutAnUploadThatCannotBeAborted() {
		given(this.primary.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId(FORGERY).build());
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(refusal());
		given(this.primary.abortMultipartUpload(any(AbortMultipartUploadRequest.class))).willThrow(refusal());

		uploadInParts();

		assertThat(lines()).anyMatch((line) -> line.contains("upload " + SHOWN + " of '" + SHOWN + "'"));
		lines().forEach(LogForgingTests::assertHarmless);
	}

	@Test
	void isNotInWhatACallTellsOfAnAnswer() {
		List<String> events = new ArrayList<>();
		try (FaultyEndpoint location = AnsweringEndpoint.answering(500, "A&#10;forged&#x202e;")) {
			Contexts.pair(location.uri(), "east", location.uri(), "west").run((context) -> {
				FailoverS3Operations template = context.getBean(FailoverS3Template.class)
					.on(RequestEvent.class, (event) -> events.add(event.toString()));

				Throwable error = catchThrowable(
						() -> template.putObject((request) -> request.key(FORGERY), RequestBody.fromString("x")));

				assertThat(error).isInstanceOfSatisfying(S3Exception.class,
						(answer) -> assertThat(answer.awsErrorDetails().errorCode()).isEqualTo("A\nforged\u202e"));
				assertHarmless(FailoverTrace.of(error).orElseThrow().getMessage());
			});
		}

		assertThat(events).isNotEmpty().allSatisfy(LogForgingTests::assertHarmless);
		lines().forEach(LogForgingTests::assertHarmless);
	}

	@Test
	void isNotInWhatAProbeTells() {
		try (FaultyEndpoint location = AnsweringEndpoint.answering(500, "A&#10;forged&#x202e;")) {
			Contexts.pair(location.uri(), "east", location.uri(), "west")
				.withPropertyValues("s3s3.probe.type=put-object", "s3s3.probe.key=probe")
				.run((context) -> assertThat(
						context.getBean(FailoverControl.class).probeNow(LocationRole.PRIMARY).cause())
					.isEqualTo("A\\nforged\\u202e"));
		}

		lines().forEach(LogForgingTests::assertHarmless);
	}

	private void uploadInParts() {
		try (FailoverS3Client client = client()) {
			Throwable unused = catchThrowable(() -> client.upload(PutObjectRequest.builder().key(FORGERY).build(),
					RequestBody.fromBytes(new byte[20 * 1024 * 1024])));
		}
	}

	private FailoverS3Client client() {
		return FailoverS3Client.builder().primary(this.primary, "east").secondary(mock(S3Client.class), "west").build();
	}

	private List<String> lines() {
		return List.copyOf(this.log.list).stream().map(LogForgingTests::text).toList();
	}

	private static String text(ILoggingEvent event) {
		String error = (event.getThrowableProxy() != null) ? event.getThrowableProxy().getMessage() : "";
		return event.getFormattedMessage() + error;
	}

	private static void assertHarmless(@Nullable String text) {
		assertThat(text).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\u0080-\u009f]");
	}

	private static S3Exception refusal() {
		return (S3Exception) S3Exception.builder()
			.statusCode(500)
			.message(FORGERY)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(FORGERY).errorMessage(FORGERY).build())
			.build();
	}

}
