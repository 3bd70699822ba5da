package io.s3s3;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Which of its errors a call ends with, and what is attached to it.
 */
class DecisiveErrorTests {

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final List<RequestCompleted> completed = new ArrayList<>();

	@AutoClose
	private final FailoverS3Client client = FailoverS3Client.builder()
		.primary(this.primary, "east")
		.secondary(this.secondary, "west")
		.rounds(1, Duration.ZERO)
		.listener(RequestListener.of(RequestCompleted.class, this.completed::add))
		.build();

	@Test
	void anAnswerOutranksALaterFailureToGetOne() {
		S3Exception answer = answer(400, "NeverHeardOf");
		SdkClientException refused = refused();
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(answer);
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(refused);

		Throwable error = head();

		assertThat(error).isSameAs(answer);
		assertThat(error.getSuppressed()).contains(refused);
		assertThat(attemptsOf(error)).extracting(FailedAttempt::location)
			.containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY);
		assertThat(this.completed).extracting(RequestCompleted::getLocation).containsExactly(LocationRole.PRIMARY);
	}

	@Test
	void theLastOfTwoAnswersIsDecisive() {
		S3Exception last = answer(500, "InternalError");
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(answer(503, "ServiceUnavailable"));
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(last);

		assertThat(head()).isSameAs(last);
	}

	@Test
	void theLastOfTwoFailuresToGetAnAnswerIsDecisive() {
		SdkClientException last = refused();
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused());
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(last);

		assertThat(head()).isSameAs(last);
	}

	@Test
	void tracesASingleAttemptThatMayHaveTakenEffect() {
		S3Exception refusal = (S3Exception) answer(412, "PreconditionFailed").toBuilder().numAttempts(2).build();
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willThrow(refusal);

		Throwable error = catchThrowable(() -> this.client.putObject((request) -> request.key("k").ifNoneMatch("*"),
				RequestBody.fromString("x")));

		assertThat(error).isSameAs(refusal);
		assertThat(attemptsOf(error)).extracting((attempt) -> attempt.failure().effect())
			.containsExactly(Effect.UNKNOWN);
	}

	private Throwable head() {
		return catchThrowable(() -> this.client.headObject((request) -> request.key("k")));
	}

	private static List<FailedAttempt> attemptsOf(Throwable error) {
		return FailoverTrace.of(error).orElseThrow().attempts();
	}

	private static S3Exception answer(int status, String code) {
		return (S3Exception) S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.build();
	}

	private static SdkClientException refused() {
		return SdkClientException.create("Unable to execute HTTP request", new ConnectException("Connection refused"));
	}

}
