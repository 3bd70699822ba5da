package io.s3s3.transfer.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.s3s3.transfer.http.Wait.Waiting;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One request on its way to the peer. The HTTP client reads the next bytes of the body
 * only when the peer has taken the ones before: between two reads, the peer is what we
 * wait for. Behind the last of them comes the wait for the answer.
 */
final class WatchedRequest implements ExecutableHttpRequest {

	private final Watchdog watchdog;

	private final ProgressLimits limits;

	private final @Nullable Long length;

	private final ExecutableHttpRequest delegate;

	private final Wait wait = new Wait(this::abort);

	private final RateMeter meter;

	WatchedRequest(SdkHttpClient client, HttpExecuteRequest request, Watchdog watchdog, ProgressLimits limits) {
		this.watchdog = watchdog;
		this.limits = limits;
		this.length = request.httpRequest().firstMatchingHeader("Content-Length").map(Long::valueOf).orElse(null);
		this.meter = new RateMeter(limits.minimumRate());
		this.delegate = client.prepareRequest(watched(request));
	}

	private HttpExecuteRequest watched(HttpExecuteRequest request) {
		ContentStreamProvider content = request.contentStreamProvider().orElse(null);
		if (content == null) {
			return request;
		}
		return HttpExecuteRequest.builder()
			.request(request.httpRequest())
			.contentStreamProvider(new WatchedContent(content))
			.metricCollector(request.metricCollector().orElse(null))
			.build();
	}

	@Override
	public HttpExecuteResponse call() throws IOException {
		this.wait.begin(Waiting.ofCurrentThread(this.limits.answerNanos()));
		this.watchdog.watch(this.wait);
		try {
			return watched(this.delegate.call());
		}
		catch (IOException | RuntimeException ex) {
			this.wait.throwReason(ex);
			throw ex;
		}
		finally {
			this.watchdog.forget(this.wait);
		}
	}

	private HttpExecuteResponse watched(HttpExecuteResponse response) {
		AbortableInputStream body = response.responseBody().orElse(null);
		if (body == null) {
			return response;
		}
		return HttpExecuteResponse.builder()
			.response(response.httpResponse())
			.responseBody(new WatchedBody(body, this.watchdog, this.limits).asAbortable())
			.build();
	}

	@Override
	public void abort() {
		this.delegate.abort();
	}

	/**
	 * Gives a body that is watched.
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
	 * Notes when the bytes that were read last begin to wait.
	 */
	private final class WatchedStream extends FilterInputStream {

		private long count;

		private @Nullable Waiting handedOut;

		private int last;

		WatchedStream(InputStream in) {
			super(in);
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

		// Time that the caller's own stream takes does not count.
		private void taken() throws IOException {
			WatchedRequest.this.wait.pause();
			if (this.handedOut != null && this.last > 0) {
				WatchedRequest.this.meter.count(this.last, System.nanoTime() - this.handedOut.since());
			}
		}

		private void handOut(int bytes) {
			this.last = bytes;
			this.count += Math.max(0, bytes);
			ProgressLimits limits = WatchedRequest.this.limits;
			this.handedOut = Waiting
				.ofCurrentThread(limits.writeTimeout().toNanos() + (ended(bytes) ? limits.answerNanosAfterBody() : 0));
			WatchedRequest.this.wait.begin(this.handedOut);
		}

		private boolean ended(int bytes) {
			Long length = WatchedRequest.this.length;
			return bytes < 0 || (length != null && this.count >= length);
		}

	}

}
