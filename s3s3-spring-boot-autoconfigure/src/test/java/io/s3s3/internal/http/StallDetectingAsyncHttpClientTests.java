package io.s3s3.internal.http;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.internal.http.async.SimpleHttpContentPublisher;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SimpleSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StallDetectingAsyncHttpClientTests {

	private static final Duration TIMEOUT = Duration.ofMillis(100);

	private static final Duration LONG = Duration.ofMinutes(10);

	private final ForgetfulClient forgetful = new ForgetfulClient();

	private final StallDetectingAsyncHttpClient client = new StallDetectingAsyncHttpClient(this.forgetful,
			new StallTimeouts(TIMEOUT, LONG, new ReadTimeouts(TIMEOUT, LONG, LONG), null), 1);

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void givesUpAConnectionThatNobodyElseHasAndThatDoesNotComeAbout() {
		CompletableFuture<Void> forgotten = this.client.execute(request());

		await().until(forgotten::isDone);

		assertThat(forgotten).isCompletedExceptionally();
		assertThat(errorOf(forgotten)).isInstanceOf(ConnectException.class)
			.hasMessage("No connection came about within 200 ms");
	}

	@Test
	void isPatientOnceThereIsAConnection() {
		this.forgetful.leases = true;
		CompletableFuture<Void> slow = this.client.execute(request());
		this.forgetful.leases = false;
		// Behind one that has the only connection.
		CompletableFuture<Void> queued = this.client.execute(request());
		CompletableFuture<Void> other = execute(
				new StallTimeouts(TIMEOUT, LONG, new ReadTimeouts(TIMEOUT, TIMEOUT.multipliedBy(2), TIMEOUT), null));

		await().until(other::isDone);

		assertThat(slow).isNotDone();
		assertThat(queued).isNotDone();
	}

	@Test
	void waitsForTheAnswerAsLongAsTheReadTimeoutWhateverConnectingMayTake() {
		this.forgetful.leases = true;
		CompletableFuture<Void> unanswered = execute(
				new StallTimeouts(LONG, LONG, new ReadTimeouts(TIMEOUT, TIMEOUT, TIMEOUT), null));

		await().until(unanswered::isDone);

		assertThat(errorOf(unanswered)).isInstanceOf(SocketTimeoutException.class).hasMessageStartingWith("No answer");
	}

	@Test
	void blamesTheQueueWhereThereIsOne() {
		try (StallDetectingAsyncHttpClient busy = new StallDetectingAsyncHttpClient(this.forgetful,
				new StallTimeouts(TIMEOUT, LONG, new ReadTimeouts(TIMEOUT, TIMEOUT, TIMEOUT), null), 0)) {
			CompletableFuture<Void> queued = busy.execute(request());

			await().until(queued::isDone);

			assertThat(errorOf(queued)).isInstanceOf(TimeoutException.class)
				.hasMessageStartingWith("Acquire operation took longer than");
		}
	}

	private CompletableFuture<Void> execute(StallTimeouts timeouts) {
		StallDetectingAsyncHttpClient other = new StallDetectingAsyncHttpClient(this.forgetful, timeouts, 1);
		CompletableFuture<Void> outcome = other.execute(request());
		outcome.whenComplete((done, error) -> other.close());
		return outcome;
	}

	private static Throwable errorOf(CompletableFuture<Void> failed) {
		return failed.handle((done, error) -> error).join();
	}

	private static AsyncExecuteRequest request() {
		SdkHttpFullRequest request = SdkHttpFullRequest.builder()
			.method(SdkHttpMethod.GET)
			.uri(URI.create("http://127.0.0.1/bucket/key"))
			.build();
		return AsyncExecuteRequest.builder()
			.request(request)
			.requestContentPublisher(new SimpleHttpContentPublisher(request))
			.responseHandler(new Ignoring())
			.build();
	}

	/**
	 * Never answers, and asks for the content once it has a connection, as Netty does.
	 */
	private static final class ForgetfulClient implements SdkAsyncHttpClient {

		private boolean leases;

		@Override
		public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
			if (this.leases) {
				request.requestContentPublisher().subscribe(new SimpleSubscriber((bytes) -> {
				}));
			}
			return new CompletableFuture<>();
		}

		@Override
		public void close() {
		}

	}

	private static final class Ignoring implements SdkAsyncHttpResponseHandler {

		@Override
		public void onHeaders(SdkHttpResponse headers) {
		}

		@Override
		public void onStream(Publisher<ByteBuffer> stream) {
		}

		@Override
		public void onError(Throwable error) {
		}

	}

}
