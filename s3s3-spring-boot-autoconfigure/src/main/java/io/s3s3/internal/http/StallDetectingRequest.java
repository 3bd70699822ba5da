package io.s3s3.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;

import io.s3s3.internal.http.AnswerBudget.Stage;
import io.s3s3.internal.http.PendingIo.Waiting;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.io.CarryingInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * One request on its way to the peer. The HTTP client reads the next bytes of the body
 * only when the peer has taken the previous ones, so between two reads the request waits
 * for the peer. After the last read, it waits for the answer.
 */
final class StallDetectingRequest implements ExecutableHttpRequest {

	/** Never removed, since that is expensive. */
	private static final ThreadLocal<@Nullable StallDetectingRequest> CURRENT = new ThreadLocal<>();

	/** By how much a wait may be counted too long, in nanoseconds. */
	private static final long WHILE = 1_000_000;

	private final Watchdog watchdog;

	private final StallTimeouts timeouts;

	private final Duration readTimeout;

	private final @Nullable Long length;

	private final AnswerBudget budget;

	private final ExecutableHttpRequest delegate;

	private final Abandonment abandonment;

	private final PendingIo wait;

	/** What the thread waits for besides its peer. */
	private volatile @Nullable Future<?> lookup;

	private final RateMeter meter;

	StallDetectingRequest(SdkHttpClient client, HttpExecuteRequest request, Watchdog watchdog, StallTimeouts timeouts,
			Duration readTimeout) {
		this.watchdog = watchdog;
		this.timeouts = timeouts;
		this.readTimeout = readTimeout;
		this.length = request.httpRequest().firstMatchingHeader("Content-Length").map(Long::valueOf).orElse(null);
		this.meter = RateMeter.of(timeouts.minimumRate());
		AttemptScope scope = AttemptScope.current();
		Duration allowed = timeouts.beforeAnswer(readTimeout);
		this.budget = new AnswerBudget(allowed, scope.patient() ? allowed : readTimeout, hasBody(request));
		this.abandonment = new Abandonment(scope, request.httpRequest().method(), hasBody(request),
				patience(timeouts.readTimeouts().usual(), allowed));
		this.wait = new PendingIo(this::abort, this.abandonment::look);
		this.delegate = client.prepareRequest(watched(request));
	}

	/**
	 * Return how long the request waits for a location that is out: as long as any
	 * request does, which its own timeout ensures unless it is longer than usual.
	 */
	private Duration patience(Duration usual, Duration allowed) {
		return (this.readTimeout.compareTo(usual) > 0) ? usual : allowed;
	}

	private boolean hasBody(HttpExecuteRequest request) {
		return request.contentStreamProvider().isPresent() && (this.length == null || this.length > 0);
	}

	private HttpExecuteRequest watched(HttpExecuteRequest request) {
		ContentStreamProvider content = request.contentStreamProvider().orElse(null);
		return HttpExecuteRequest.builder()
			.request(request.httpRequest())
			.contentStreamProvider((content != null) ? new WatchedContent(content) : null)
			.metricCollector(
					new LeaseWatch(request.metricCollector().orElseGet(NoOpMetricCollector::create), this::leased))
			.build();
	}

	/**
	 * Return the request that the thread waits for, or {@code null} if there is none.
	 */
	static @Nullable StallDetectingRequest current() {
		return CURRENT.get();
	}

	AnswerBudget budget() {
		return this.budget;
	}

	boolean hasTimeToConnect() {
		return this.budget.left() >= this.timeouts.connectTimeout().toNanos();
	}

	/**
	 * Record what the request waits for from now on.
	 */
	void cameTo(Stage stage) {
		this.budget.cameTo(stage);
		SdkClientException reason = this.abandonment.cameTo(stage);
		if (reason != null) {
			// Whoever decided that may not have aborted it yet.
			end(reason);
			abort();
		}
	}

	private void leased() {
		cameTo(Stage.CONNECTION);
		Waiting shorter = this.budget.leased();
		if (shorter != null) {
			this.wait.begin(shorter);
		}
	}

	/**
	 * Give up the request if connecting to the location is pointless.
	 * @return whether it is given up
	 */
	boolean isAbandoned() {
		SdkClientException reason = this.abandonment.connect();
		if (reason != null) {
			end(reason);
		}
		return reason != null;
	}

	/**
	 * Record that the thread waits for a lookup, which ends with the request.
	 */
	void waitsFor(Future<?> lookup) {
		this.lookup = lookup;
	}

	/**
	 * Give up the request for a reason.
	 * @return whether it ends for this reason
	 */
	boolean end(Exception reason) {
		return this.wait.end(reason);
	}

	@Override
	public HttpExecuteResponse call() throws IOException {
		CURRENT.set(this);
		this.wait.begin(this.budget.begin());
		this.watchdog.watch(this.wait);
		try {
			HttpExecuteResponse response = this.delegate.call();
			requireAwaited(response);
			return watched(response);
		}
		catch (CarriedThrowable ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			this.wait.throwReason(ex);
			throw ex;
		}
		finally {
			this.watchdog.forget(this.wait);
			CURRENT.set(null);
		}
	}

	/**
	 * Require an answer that can be returned whole: one that arrived while its request
	 * was being given up no longer has a connection.
	 */
	private void requireAwaited(HttpExecuteResponse response) throws IOException {
		if (!this.wait.finish()) {
			response.responseBody().ifPresent(AbortableInputStream::abort);
			throw new IOException("The answer came too late");
		}
	}

	private HttpExecuteResponse watched(HttpExecuteResponse response) {
		AbortableInputStream body = response.responseBody().orElse(null);
		if (body == null || AnswerSigns.isEmpty(response.httpResponse())) {
			return response;
		}
		return HttpExecuteResponse.builder()
			.response(response.httpResponse())
			.responseBody(new StallDetectingInputStream(body, this.watchdog, this.timeouts).asAbortable())
			.build();
	}

	@Override
	public void abort() {
		Future<?> lookup = this.lookup;
		if (lookup != null) {
			lookup.cancel(false);
		}
		this.delegate.abort();
	}

	/**
	 * A body whose streams are watched.
	 */
	private final class WatchedContent implements ContentStreamProvider {

		private final ContentStreamProvider content;

		WatchedContent(ContentStreamProvider content) {
			this.content = content;
		}

		@Override
		public InputStream newStream() {
			return new WatchedStream(this.content.newStream());
		}

		@Override
		public String name() {
			return this.content.name();
		}

	}

	/**
	 * A stream that records when the bytes last read begin to wait for the peer.
	 */
	private final class WatchedStream extends CarryingInputStream {

		private long count;

		private @Nullable Waiting handedOut;

		/** When the last bytes were handed out, by nanoTime. */
		private long since;

		private int last;

		WatchedStream(InputStream in) {
			super(in, (failure) -> {
			});
		}

		@Override
		public int read() throws IOException {
			taken();
			int value = super.read();
			handOut((value >= 0) ? 1 : -1);
			return value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			taken();
			int read = super.read(bytes, offset, length);
			handOut(read);
			return read;
		}

		/**
		 * Called when the peer has taken the bytes last read. The time that the caller's
		 * own stream takes does not count.
		 */
		private void taken() throws IOException {
			SdkClientException reason = StallDetectingRequest.this.abandonment.send();
			if (reason != null) {
				end(reason);
				throw new IOException("The body is not sent", reason);
			}
			StallDetectingRequest.this.wait.pause();
			if (this.handedOut != null && this.last > 0 && StallDetectingRequest.this.meter.isOn()) {
				StallDetectingRequest.this.meter.count(this.last, System.nanoTime() - this.since);
			}
		}

		private void handOut(int bytes) {
			this.last = bytes;
			this.count += Math.max(0, bytes);
			this.since = System.nanoTime();
			StallDetectingRequest.this.abandonment.sent(this.since);
			// A client that reads byte by byte begins a wait now and then, not per byte.
			if (this.handedOut == null || ended(bytes) || this.since - this.handedOut.since() > WHILE) {
				this.handedOut = waitForPeer(bytes);
			}
			StallDetectingRequest.this.wait.begin(this.handedOut);
		}

		private Waiting waitForPeer(int bytes) {
			StallTimeouts timeouts = StallDetectingRequest.this.timeouts;
			long forWriting = timeouts.writeTimeout().toNanos();
			return ended(bytes)
					? StallDetectingRequest.this.budget.answerTo(this.count,
							forWriting + timeouts.answerNanosAfterBody(StallDetectingRequest.this.readTimeout))
					: Waiting.ofCurrentThread(forWriting);
		}

		private boolean ended(int bytes) {
			Long length = StallDetectingRequest.this.length;
			return bytes < 0 || (length != null && this.count >= length);
		}

	}

}
