package io.s3s3.transfer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

import org.springframework.util.Assert;

/**
 * Gives up a request whose body the peer does not take. A blocked write to a socket has
 * no timeout in Java, so a watchdog looks at each body that is on its way and aborts the
 * request when the same bytes have been waiting for too long. Time that the caller's own
 * stream takes does not count, nor does the size of the body. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WriteTimeoutHttpClient implements SdkHttpClient {

	private final SdkHttpClient delegate;

	private final Duration writeTimeout;

	private final Duration readTimeout;

	private final ScheduledThreadPoolExecutor watchdog;

	/**
	 * Create a client.
	 * @param delegate the client that does the work; closed with this one
	 * @param writeTimeout how long the peer may take no byte, more than zero
	 * @param readTimeout how long the delegate waits for an answer once all bytes are
	 * taken, more than zero
	 */
	public WriteTimeoutHttpClient(SdkHttpClient delegate, Duration writeTimeout, Duration readTimeout) {
		Assert.isTrue(writeTimeout.toNanos() > 0,
				() -> "The write timeout must be more than zero, not " + writeTimeout);
		Assert.isTrue(readTimeout.toNanos() > 0, () -> "The read timeout must be more than zero, not " + readTimeout);
		this.delegate = delegate;
		this.writeTimeout = writeTimeout;
		this.readTimeout = readTimeout;
		this.watchdog = new ScheduledThreadPoolExecutor(1, WriteTimeoutHttpClient::daemon);
		this.watchdog.setRemoveOnCancelPolicy(true);
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		if (request.contentStreamProvider().isEmpty()) {
			return this.delegate.prepareRequest(request);
		}
		WatchedWrite write = new WatchedWrite(this.watchdog, this.writeTimeout, this.readTimeout,
				lengthOf(request.httpRequest()));
		HttpExecuteRequest watched = HttpExecuteRequest.builder()
			.request(request.httpRequest())
			.contentStreamProvider(write.watch(request.contentStreamProvider().get()))
			.metricCollector(request.metricCollector().orElse(null))
			.build();
		return write.watch(this.delegate.prepareRequest(watched));
	}

	private static @Nullable Long lengthOf(SdkHttpRequest request) {
		return request.firstMatchingHeader("Content-Length").map(Long::valueOf).orElse(null);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "s3s3-write-watchdog");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void close() {
		this.watchdog.shutdownNow();
		this.delegate.close();
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

}
