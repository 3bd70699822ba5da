package io.s3s3.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import io.s3s3.internal.io.AbandonedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * A read that is sent a second time, on another connection, if its answer is late. The
 * caller's thread makes the first request and a thread of the pool the second one, which
 * wins if its answer begins first and is good: then the first is aborted, and the
 * caller's thread returns that answer instead. If the first one fails, the caller's
 * thread waits for the second one, as long as the first might have taken; if that fails
 * too, the outcome of the first counts. An answer to the first, an interruption or an
 * abort ends the second. The layers above do not notice that there were two. Used once.
 */
final class HedgedRequest implements ExecutableHttpRequest {

	private static final Logger logger = LoggerFactory.getLogger(HedgedRequest.class);

	/** In nanoseconds; a connection that is free is leased long before. */
	private static final long LONGEST_QUEUE = Duration.ofMillis(250).toNanos();

	private final StallDetectingRequest first;

	private final Hedge hedge;

	private final ReadClass read;

	private final Function<BooleanSupplier, StallDetectingRequest> again;

	/** Open once there is no second request, or it has ended. */
	private final CountDownLatch ended = new CountDownLatch(1);

	/** How the second request failed. */
	private volatile @Nullable Throwable failure;

	/** Whether there is a second request. Guarded by "this", like all below. */
	private boolean started;

	private boolean over;

	private @Nullable StallDetectingRequest second;

	/** When the second request began, by nanoTime. */
	private long begun;

	/** The answer to the second request, if it has won, until it is returned. */
	private @Nullable HttpExecuteResponse answer;

	/** Whether that answer was returned. */
	private boolean taken;

	/**
	 * Create a request.
	 * @param first the first request
	 * @param hedge permission to make a second one
	 * @param read the class of both
	 * @param again prepares the second one, given a supplier of whether that one waits
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
	 * Return the same request without its metrics, which are those of the first one.
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
			return call(wait);
		}
		finally {
			wait.end();
			end();
		}
	}

	private HttpExecuteResponse call(Hedge.Wait wait) throws IOException {
		HttpExecuteResponse response;
		try {
			response = this.first.call();
		}
		catch (IOException | RuntimeException ex) {
			long failed = System.nanoTime();
			HttpExecuteResponse answer = awaitSecond(ex);
			if (answer == null) {
				throw ex;
			}
			wait.overtaken(failed);
			return answer;
		}
		wait.answered();
		HttpExecuteResponse better = HedgedAnswers.isFinal(response.httpResponse()) ? null : awaitSecond(null);
		if (better != null) {
			discard(response);
		}
		return (better != null) ? better : response;
	}

	/**
	 * Called by the timer.
	 */
	private void late() {
		if (!isOver()) {
			this.hedge.start(() -> !this.first.budget().isQueued(), this::startSecond);
		}
	}

	private boolean startSecond() {
		synchronized (this) {
			this.started = !this.over;
		}
		if (this.started && this.hedge.execute(this::race)) {
			return true;
		}
		this.ended.countDown();
		return false;
	}

	private void race() {
		try {
			StallDetectingRequest second = begin();
			if (second != null) {
				race(second);
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
			logger.debug("A second request came to nothing", ex);
		}
		finally {
			this.ended.countDown();
		}
	}

	private void race(StallDetectingRequest second) throws IOException {
		try {
			HttpExecuteResponse response = second.call();
			SdkHttpResponse answer = response.httpResponse();
			if (!HedgedAnswers.isGood(answer) || !this.hedge.accepts(answer) || !offer(response)) {
				discard(response);
			}
		}
		catch (IOException | RuntimeException ex) {
			if (second.budget().isQueued() && !isOver()) {
				this.hedge.deny();
			}
			throw ex;
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
	 * Return whether the second request has waited for a connection for too long.
	 */
	private synchronized boolean isQueued() {
		return this.second != null && this.second.budget().isQueued() && System.nanoTime() - this.begun > LONGEST_QUEUE;
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	/**
	 * Offer the answer to the second request to the thread of the first, unless that is
	 * too late. If the first has failed, its thread waits for the answer; otherwise the
	 * first is ended.
	 */
	private boolean offer(HttpExecuteResponse response) {
		synchronized (this) {
			if (this.over) {
				return false;
			}
			this.answer = response;
		}
		if (this.first.end(AbandonedException.create("A second request was answered first", true))) {
			this.first.abort();
		}
		return true;
	}

	/**
	 * Wait for the answer to the second request, now that the first has failed.
	 * @param failure how it failed, or {@code null} if by its answer
	 * @return the answer, or {@code null} if there is none in time
	 */
	private @Nullable HttpExecuteResponse awaitSecond(@Nullable Exception failure) {
		try {
			if (isUnderWay()) {
				this.ended.await(this.first.budget().left(), TimeUnit.NANOSECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		HttpExecuteResponse answer = takeAnswer();
		Throwable other = this.failure;
		if (answer == null && failure != null && other != null && other != failure) {
			failure.addSuppressed(other);
		}
		return answer;
	}

	/**
	 * Return whether there is a second request to wait for. None starts after this call.
	 */
	private synchronized boolean isUnderWay() {
		this.over |= !this.started;
		return !this.over && this.answer == null;
	}

	private synchronized @Nullable HttpExecuteResponse takeAnswer() {
		HttpExecuteResponse answer = this.answer;
		this.over = true;
		this.answer = null;
		this.taken = answer != null;
		if (this.taken) {
			this.hedge.win();
		}
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
		this.ended.countDown();
		if (second != null) {
			second.abort();
		}
	}

}
