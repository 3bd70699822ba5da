package io.s3s3.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * A read that is sent a second time, on another connection, if its answer is late. The
 * caller's thread makes the first request and a thread of the pool the second one, which
 * wins if its answer begins first and is good: then the first is aborted, and the
 * caller's thread returns that answer in its place. Whatever becomes of the first request
 * otherwise, be it an answer, an error, a timeout or an interruption, ends the second. So
 * nothing above this knows that there were two. Used once.
 */
final class HedgedRequest implements ExecutableHttpRequest {

	private static final Logger logger = LoggerFactory.getLogger(HedgedRequest.class);

	private static final int OK = 200;

	private static final int MULTIPLE_CHOICES = 300;

	private static final int NOT_MODIFIED = 304;

	/** In nanoseconds; whoever gets a connection at once has it long before. */
	private static final long LONGEST_QUEUE = Duration.ofMillis(250).toNanos();

	private final StallDetectingRequest first;

	private final Hedge hedge;

	private final ReadClass read;

	private final Function<BooleanSupplier, StallDetectingRequest> again;

	/** Guarded by "this", as all below. */
	private boolean over;

	private @Nullable StallDetectingRequest second;

	/** When the second request began. */
	private long begun;

	/** That of the second request, if it has won, until it is returned. */
	private @Nullable HttpExecuteResponse answer;

	/** Whether it was returned. */
	private boolean taken;

	/**
	 * Create a request.
	 * @param first the request as it is
	 * @param hedge the leave to make a second one
	 * @param read the class of both
	 * @param again prepares the second one; it is given what tells whether that one waits
	 * for a connection
	 */
	HedgedRequest(StallDetectingRequest first, Hedge hedge, ReadClass read,
			Function<BooleanSupplier, StallDetectingRequest> again) {
		this.first = first;
		this.hedge = hedge;
		this.read = read;
		this.again = again;
	}

	/**
	 * Return whether a request can be sent twice.
	 */
	static boolean isFor(SdkHttpRequest request) {
		return request.method() == SdkHttpMethod.GET || request.method() == SdkHttpMethod.HEAD;
	}

	/**
	 * Return whether an answer is worth more than to wait for the first one: only one
	 * that brings what was asked for is. A refusal or an absence may be due to a server
	 * of the location that knows less than the others.
	 */
	static boolean isGood(int status) {
		return (status >= OK && status < MULTIPLE_CHOICES) || status == NOT_MODIFIED;
	}

	/**
	 * Return the same request, whose metrics nobody collects: they are those of the first
	 * one.
	 */
	static HttpExecuteRequest again(HttpExecuteRequest request) {
		return HttpExecuteRequest.builder()
			.request(request.httpRequest())
			.contentStreamProvider(request.contentStreamProvider().orElse(null))
			.metricCollector(NoOpMetricCollector.create())
			.build();
	}

	@Override
	public HttpExecuteResponse call() throws IOException {
		Hedge.Wait wait = this.hedge.begin(this.read, this::late);
		try {
			HttpExecuteResponse response = this.first.call();
			wait.answered();
			return response;
		}
		catch (IOException | RuntimeException ex) {
			HttpExecuteResponse answer = takeAnswer();
			if (answer == null) {
				throw ex;
			}
			wait.overtaken();
			return answer;
		}
		finally {
			wait.end();
			end();
		}
	}

	/**
	 * Called by the timer.
	 */
	private void late() {
		if (!isOver()) {
			this.hedge.start(() -> !this.first.budget().isQueued(), () -> this.hedge.execute(this::race));
		}
	}

	private void race() {
		StallDetectingRequest second = begin();
		if (second == null) {
			return;
		}
		try {
			HttpExecuteResponse response = second.call();
			if (!isGood(response.httpResponse().statusCode()) || !win(response)) {
				discard(response);
			}
		}
		catch (Throwable ex) {
			if (second.budget().isQueued() && !isOver()) {
				this.hedge.deny();
			}
			logger.debug("A second request came to nothing", ex);
		}
	}

	private @Nullable StallDetectingRequest begin() {
		StallDetectingRequest prepared = this.again.apply(this::isQueued);
		synchronized (this) {
			this.begun = System.nanoTime();
			this.second = this.over ? null : prepared;
			return this.second;
		}
	}

	/**
	 * Return whether the second request waits for a connection that others have.
	 */
	private synchronized boolean isQueued() {
		return this.second != null && this.second.budget().isQueued() && System.nanoTime() - this.begun > LONGEST_QUEUE;
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	/**
	 * Let the answer of the second request stand for the first, unless that is too late.
	 */
	private boolean win(HttpExecuteResponse response) {
		SdkClientException overtaken = AbandonedException.create("A second request was answered first", true);
		synchronized (this) {
			if (this.over || !this.first.end(overtaken)) {
				return false;
			}
			this.hedge.win();
			this.answer = response;
		}
		this.first.abort();
		return true;
	}

	private synchronized @Nullable HttpExecuteResponse takeAnswer() {
		HttpExecuteResponse answer = this.answer;
		this.answer = null;
		this.taken = answer != null;
		return answer;
	}

	/**
	 * End the second request, unless it has won.
	 */
	private void end() {
		StallDetectingRequest losing;
		HttpExecuteResponse unused;
		synchronized (this) {
			this.over = true;
			losing = this.taken ? null : this.second;
			unused = this.answer;
		}
		if (losing != null) {
			losing.end(AbandonedException.create("The first request was answered first", true));
			losing.abort();
		}
		if (unused != null) {
			discard(unused);
		}
	}

	private static void discard(HttpExecuteResponse response) {
		Optional<AbortableInputStream> body = response.responseBody();
		body.ifPresent(AbortableInputStream::abort);
	}

	@Override
	public void abort() {
		this.first.abort();
		StallDetectingRequest second;
		synchronized (this) {
			this.over = true;
			second = this.second;
		}
		if (second != null) {
			second.abort();
		}
	}

}
