package io.s3s3.transfer.http;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Gives up a request whose body the peer does not take, an exchange that is slower than
 * the minimum rate, and one whose thread is interrupted. Time that the caller's own
 * stream takes does not count, nor does the size of a body. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WatchfulHttpClient implements SdkHttpClient {

	private final SdkHttpClient delegate;

	private final ProgressLimits limits;

	private final Watchdog watchdog = new Watchdog();

	/**
	 * Create a client.
	 * @param delegate the client that does the work; closed with this one
	 * @param limits what a peer must keep; the read timeout is that of the delegate
	 */
	public WatchfulHttpClient(SdkHttpClient delegate, ProgressLimits limits) {
		this.delegate = delegate;
		this.limits = limits;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new WatchedRequest(this.delegate, request, this.watchdog, this.limits);
	}

	@Override
	public void close() {
		this.watchdog.close();
		this.delegate.close();
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

}
