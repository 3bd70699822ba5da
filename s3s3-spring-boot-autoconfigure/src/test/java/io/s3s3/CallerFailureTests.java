package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * Calls that end because of their caller: by an error of the body, or by an interruption.
 */
class CallerFailureTests extends AbstractFailoverS3ClientTests {

	@Test
	void doesNotFailOverWhenTheCallersOwnBodyFails() {
		IOException failure = new IOException("disk");
		RequestBody body = RequestBody.fromContentProvider(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw failure;
			}

		}, 1, "text/plain");
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			RequestBody sent = invocation.getArgument(1);
			try {
				return sent.contentStreamProvider().newStream().read();
			}
			catch (IOException ex) {
				throw SdkClientException.create("Unable to execute HTTP request", ex);
			}
		});

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.putObject((request) -> request.key("k"), body))
			.withCause(failure);

		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void neverFailsOverWhenTheThreadIsInterrupted() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willAnswer((invocation) -> {
			Thread.currentThread().interrupt();
			throw refused();
		});

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.headObject((request) -> request.key("k")));

		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void endsWhenInterruptedBetweenTwoRounds() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused());
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(refused());
		List<RequestFailed> failed = new ArrayList<>();
		Thread caller = Thread.currentThread();
		Thread interrupter = new Thread(() -> {
			while (caller.getState() != Thread.State.TIMED_WAITING) {
				Thread.onSpinWait();
			}
			caller.interrupt();
		});
		FailoverS3Client client = this.closer.add(
				builder().rounds(2, Duration.ofMinutes(5)).listener(RequestListener.of(ErrorReceived.class, (event) -> {
					if (event.getLocation() == LocationRole.SECONDARY) {
						interrupter.start();
					}
				})).listener(RequestListener.of(RequestFailed.class, failed::add)).build());

		Throwable error = catchThrowable(() -> client.headObject((request) -> request.key("k")));

		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertThat(error).isInstanceOf(AbortedException.class);
		assertThat(FailoverTrace.of(error).orElseThrow().attempts()).hasSize(3);
		assertThat(failed).hasSize(1);
		assertThat(failed.get(0).getError()).isSameAs(error);
		assertThat(failed.get(0).getFailure().kind()).isEqualTo(FailureKind.CANCELLED);
		assertThat(this.events).isEmpty();
		then(this.primary).should(times(1)).headObject(any(HeadObjectRequest.class));
	}

	@Test
	void doesNotFailOverWhenTheSdkSaysThatItWasAborted() {
		AbortedException aborted = AbortedException.create("Thread was interrupted");
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(aborted);

		assertThat(catchThrowable(() -> this.client.headObject((request) -> request.key("k")))).isSameAs(aborted);
		then(this.secondary).shouldHaveNoInteractions();
	}

}
