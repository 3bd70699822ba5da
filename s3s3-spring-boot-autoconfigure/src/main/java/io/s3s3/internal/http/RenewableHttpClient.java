package io.s3s3.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that is rebuilt after it was shut down, either by an {@link Error}
 * inside it or because its connections were closed. The request that finds it shut down
 * fails as if the connection had been refused. Thread-safe.
 */
public final class RenewableHttpClient implements SdkHttpClient {

	private static final Logger logger = LoggerFactory.getLogger(RenewableHttpClient.class);

	private final Supplier<? extends SdkHttpClient> factory;

	/** Writes guarded by "this". */
	private volatile SdkHttpClient client;

	/** Guarded by "this". */
	private boolean closed;

	/**
	 * Create a client.
	 * @param factory builds the client that does the work
	 */
	public RenewableHttpClient(Supplier<? extends SdkHttpClient> factory) {
		this.factory = factory;
		this.client = factory.get();
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		SdkHttpClient client = this.client;
		return new Request(client, client.prepareRequest(request));
	}

	/**
	 * Replace a broken client, unless another request has done so.
	 */
	private synchronized void replace(SdkHttpClient broken, Throwable cause) {
		if (this.closed || this.client != broken) {
			return;
		}
		logger.warn("The HTTP client of a location was shut down by {}, and is built again", cause.toString());
		try {
			this.client = this.factory.get();
			broken.close();
		}
		catch (RuntimeException ex) {
			logger.warn("Could not replace the HTTP client of a location", ex);
		}
	}

	private synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.client.close();
	}

	@Override
	public String clientName() {
		return this.client.clientName();
	}

	/**
	 * A request that notices whether its client is broken.
	 */
	private final class Request implements ExecutableHttpRequest {

		private final SdkHttpClient client;

		private final ExecutableHttpRequest delegate;

		Request(SdkHttpClient client, ExecutableHttpRequest delegate) {
			this.client = client;
			this.delegate = delegate;
		}

		@Override
		public HttpExecuteResponse call() throws IOException {
			try {
				return this.delegate.call();
			}
			catch (IllegalStateException ex) {
				if (!isShutDown(ex) || isClosed()) {
					throw ex;
				}
				replace(this.client, ex);
				ConnectException refused = new ConnectException("The HTTP client was shut down");
				refused.initCause(ex);
				throw refused;
			}
			catch (Error ex) {
				// After an error, Apache's client closes all of its connections.
				replace(this.client, ex);
				throw ex;
			}
		}

		private static boolean isShutDown(IllegalStateException error) {
			String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
			return message.contains("shut down") || message.contains("shutdown") || message.contains("closed");
		}

		@Override
		public void abort() {
			this.delegate.abort();
		}

	}

}
