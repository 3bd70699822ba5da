package io.s3s3.internal.http;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.s3s3.internal.http.AnswerBudget.Stage;
import io.s3s3.internal.io.Daemons;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names within the budget of the request. A lookup cannot be aborted, so it has
 * a thread of its own; concurrent requests for the same name share one lookup.
 * Thread-safe.
 */
public final class BoundedDnsResolver implements DnsResolver {

	private final DnsResolver delegate;

	private final Map<String, CompletableFuture<InetAddress[]>> lookups = new ConcurrentHashMap<>();

	/**
	 * Create a resolver that delegates to the system.
	 */
	public BoundedDnsResolver() {
		this(SystemDefaultDnsResolver.INSTANCE);
	}

	BoundedDnsResolver(DnsResolver delegate) {
		this.delegate = delegate;
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		StallDetectingRequest request = StallDetectingRequest.current();
		if (request != null && request.isAbandoned()) {
			throw new UnknownHostException(host);
		}
		if (request == null || isAddress(host)) {
			return this.delegate.resolve(host);
		}
		request.cameTo(Stage.NAME);
		InetAddress[] addresses = await(host, request);
		request.cameTo(Stage.CONNECTION);
		return addresses;
	}

	@Override
	public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
		List<InetSocketAddress> addresses = DnsResolver.super.resolve(host, port);
		StallDetectingRequest request = StallDetectingRequest.current();
		return (request != null && addresses.size() > 1) ? new AddressesInTime(addresses, request) : addresses;
	}

	/**
	 * Return whether a host is an address, given that no top-level domain ends in a
	 * digit.
	 */
	private static boolean isAddress(String host) {
		return host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
	}

	private InetAddress[] await(String host, StallDetectingRequest request) throws UnknownHostException {
		try {
			CompletableFuture<InetAddress[]> answer = this.lookups.computeIfAbsent(host, this::lookUp).copy();
			request.waitsFor(answer);
			return answer.get(request.budget().left(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			request.end(request.budget().exceeded());
			throw unknownHost(host, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			request.end(new InterruptedIOException("Interrupted while waiting for the addresses of " + host));
			throw unknownHost(host, ex);
		}
		catch (ExecutionException ex) {
			throw unknownHost(host, ex.getCause());
		}
		catch (CancellationException ex) {
			// The request was given up.
			throw unknownHost(host, ex);
		}
		catch (Error ex) {
			// There are no threads left; an error would shut the HTTP client down.
			throw unknownHost(host, ex);
		}
	}

	/**
	 * Create an exception for one of the waiting requests: a shared one would collect
	 * what each of them suppresses.
	 */
	private static UnknownHostException unknownHost(String host, @Nullable Throwable cause) {
		UnknownHostException exception = new UnknownHostException(
				(cause instanceof UnknownHostException && cause.getMessage() != null) ? cause.getMessage() : host);
		exception.initCause(cause);
		return exception;
	}

	private CompletableFuture<InetAddress[]> lookUp(String host) {
		CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
		Daemons.named("s3s3-dns").newThread(() -> {
			try {
				lookup.complete(this.delegate.resolve(host));
			}
			catch (Throwable ex) {
				lookup.completeExceptionally(ex);
			}
			finally {
				this.lookups.remove(host, lookup);
			}
		}).start();
		return lookup;
	}

	@Override
	public String resolveCanonicalHostname(String host) throws UnknownHostException {
		return this.delegate.resolveCanonicalHostname(host);
	}

	/**
	 * Addresses that the HTTP client tries one after the other, as long as there is time.
	 * The client ignores that its request was aborted in the meantime. When it gets
	 * another address, it has not connected to any of those before.
	 */
	private static final class AddressesInTime extends ArrayList<InetSocketAddress> {

		private static final long serialVersionUID = 1L;

		private final transient StallDetectingRequest request;

		AddressesInTime(List<InetSocketAddress> addresses, StallDetectingRequest request) {
			super(addresses);
			this.request = request;
		}

		@Override
		public InetSocketAddress get(int index) {
			if (index > 0 && this.request.isAbandoned()) {
				throw new UncheckedIOException(new ConnectTimeoutException("No other address is tried"));
			}
			if (index > 0 && !this.request.hasTimeToConnect()) {
				ConnectTimeoutException timeout = new ConnectTimeoutException(
						"None of the first %d addresses could be connected to in time".formatted(index));
				this.request.end(timeout);
				throw new UncheckedIOException(timeout);
			}
			return super.get(index);
		}

	}

}
