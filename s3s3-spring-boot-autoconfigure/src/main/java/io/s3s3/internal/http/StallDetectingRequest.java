package io.s3s3.internal.http;

import java.io.FilterInputStream;
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
 * only when the peer has taken the ones before: between two reads, the peer is what we
 * wait for. After the last of them comes the wait for the answer.
 */
final class StallDetectingRequest implements ExecutableHttpRequest {

	/** Its entry stays: to remove it is dear. */
	private static final ThreadLocal<@Nullable StallDetectingRequest> CURRENT = new ThreadLocal<>();

	/** In nanoseconds; what a wait may be counted too long. */
	private static final long WHILE = 1_000_000;

	private final Watchdog watchdog;

	private final StallTimeouts timeouts;

	private final Duration readTimeout;

	private final @Nullable Long length;

	private final AnswerBudget budget;

	private final ExecutableHttpRequest delegate;

	private final Abandonment abandonment;

	private final PendingIo wait;

	/** What the thread waits for apart from its peer. */
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
	 * Return how long a location that is out is waited for: as long as for any request,
	 * which its own timeout sees to unless that is longer.
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
	 * Return the request that the thread waits for, {@code null} if there is none.
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
	 * Note what the request waits for from now on.
	 */
	void cameTo(Stage stage) {
		this.budget.cameTo(stage);
		SdkClientException reason = this.abandonment.cameTo(stage);
		if (reason != null) {
			// Whoever decided so may not have come to abort it.
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
	 * Give up the request if it is in vain to connect to the location.
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
	 * Note that the thread waits for a lookup, which ends with the request.
	 */
	void waitsFor(Future<?> lookup) {
		this.lookup = lookup;
	}

	/**
	 * Give up the request for a reason.
	 * @return whether that is why it ends
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
	 * Require an answer that is handed out whole: one that came while its request was
	 * being given up has no connection any more.
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
	 * A stream that notes when the bytes read last begin to wait for the peer.
	 */
	private final class WatchedStream extends FilterInputStream {

		private long count;

		private @Nullable Waiting handedOut;

		/** When the last bytes were handed out. */
		private long since;

		private int last;

		WatchedStream(InputStream in) {
			super(new CarryingInputStream(in, (failure) -> {
			}));
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
		 * Called when the peer has taken the bytes that were read last. The time that the
		 * caller's own stream takes does not count.
		 */
		private void taken() throws IOException {
			SdkClientException reason = StallDetectingRequest.this.abandonment.send();
			if (reason != null) {
				end(reason);
				throw new IOException("The body is not sent", reason);
			}
			StallDetectingRequest.this.wait.pause();
			if (this.handedOut != null && this.last > 0) {
				StallDetectingRequest.this.meter.count(this.last, System.nanoTime() - this.since);
			}
		}

		private void handOut(int bytes) {
			this.last = bytes;
			this.count += Math.max(0, bytes);
			this.since = System.nanoTime();
			// A client that reads byte by byte begins one wait a while, not one a byte.
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
