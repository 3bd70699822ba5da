package io.s3s3.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import io.s3s3.internal.http.PendingIo.Waiting;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.io.CarryingInputStream;
import org.jspecify.annotations.Nullable;
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

	private static final ThreadLocal<StallDetectingRequest> CURRENT = new ThreadLocal<>();

	/** In nanoseconds; what a wait may be counted too long. */
	private static final long WHILE = 1_000_000;

	private final Watchdog watchdog;

	private final StallTimeouts timeouts;

	private final Duration readTimeout;

	private final @Nullable Long length;

	private final AnswerBudget budget;

	private final ExecutableHttpRequest delegate;

	private final PendingIo wait = new PendingIo(this::abort);

	private final RateMeter meter;

	StallDetectingRequest(SdkHttpClient client, HttpExecuteRequest request, Watchdog watchdog, StallTimeouts timeouts,
			Duration readTimeout) {
		this.watchdog = watchdog;
		this.timeouts = timeouts;
		this.readTimeout = readTimeout;
		this.length = request.httpRequest().firstMatchingHeader("Content-Length").map(Long::valueOf).orElse(null);
		this.meter = new RateMeter(timeouts.minimumRate());
		this.budget = new AnswerBudget(timeouts.beforeAnswer(readTimeout), hasBody(request));
		this.delegate = client.prepareRequest(watched(request));
	}

	private boolean hasBody(HttpExecuteRequest request) {
		return request.contentStreamProvider().isPresent() && (this.length == null || this.length > 0);
	}

	private HttpExecuteRequest watched(HttpExecuteRequest request) {
		ContentStreamProvider content = request.contentStreamProvider().orElse(null);
		return HttpExecuteRequest.builder()
			.request(request.httpRequest())
			.contentStreamProvider((content != null) ? new WatchedContent(content) : null)
			.metricCollector(this.budget.watching(request.metricCollector().orElseGet(NoOpMetricCollector::create)))
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
	 * Give up the request for a reason.
	 */
	void end(IOException reason) {
		this.wait.end(reason);
	}

	@Override
	public HttpExecuteResponse call() throws IOException {
		CURRENT.set(this);
		this.wait.begin(this.budget.begin());
		this.watchdog.watch(this.wait);
		try {
			return watched(this.delegate.call());
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
			CURRENT.remove();
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
			long forAnswer = ended(bytes) ? timeouts.answerNanosAfterBody(StallDetectingRequest.this.readTimeout) : 0;
			return Waiting.ofCurrentThread(timeouts.writeTimeout().toNanos() + forAnswer);
		}

		private boolean ended(int bytes) {
			Long length = StallDetectingRequest.this.length;
			return bytes < 0 || (length != null && this.count >= length);
		}

	}

}
