package io.s3s3.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.testkit.FaultyEndpoint;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Names that resolve late, or to addresses at which nobody answers.
 */
class BoundedConnectTests {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/** All of them would take 100 seconds. */
	private static final int ADDRESSES = 200;

	private static final AttemptScope IMPATIENT = new AttemptScope(false, () -> false, null);

	@Test
	void boundsConnectingToAsManyAddressesAsThereAre() throws IOException {
		InetAddress[] addresses = new InetAddress[ADDRESSES];
		Arrays.fill(addresses, InetAddress.getLoopbackAddress());
		InMemoryDnsResolver dns = new InMemoryDnsResolver();
		dns.add("s3.example", addresses);
		try (FaultyEndpoint endpoint = FaultyEndpoint.unconnectable(); SdkHttpClient client = client(dns)) {
			long started = System.nanoTime();

			Throwable error = catchThrowable(() -> get(client, endpoint.uri().getPort()));

			assertThat(error).isInstanceOf(ConnectTimeoutException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(TIMEOUT.multipliedBy(ADDRESSES / 4));
		}
	}

	@Test
	void boundsTheLookupOfANameAndSharesItWithWhoeverWantsTheSame() {
		CountDownLatch end = new CountDownLatch(1);
		AtomicInteger lookups = new AtomicInteger();
		DnsResolver dns = new Lookup((host) -> {
			lookups.incrementAndGet();
			await(end);
			throw new UnknownHostException(host);
		});
		try (SdkHttpClient client = client(dns)) {
			for (int i = 0; i < 3; i++) {
				assertThat(catchThrowable(() -> get(client, 80))).isInstanceOf(ConnectTimeoutException.class)
					.hasMessageStartingWith("The name did not resolve within");
			}

			assertThat(lookups).hasValue(1);
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void tellsThatANameIsUnknown() {
		DnsResolver dns = new Lookup((host) -> {
			throw new UnknownHostException(host + ": told");
		});
		try (SdkHttpClient client = client(dns)) {
			assertThat(catchThrowable(() -> get(client, 80))).isInstanceOf(UnknownHostException.class)
				.hasMessage("s3.example: told");
		}
	}

	private static void get(SdkHttpClient client, int port) throws IOException {
		call(client, HttpExecuteRequest.builder().request(request(SdkHttpMethod.GET, port).build()));
	}

	private static SdkHttpRequest.Builder request(SdkHttpMethod method, int port) {
		return SdkHttpRequest.builder().method(method).uri(URI.create("http://s3.example:" + port + "/"));
	}

	private static void call(SdkHttpClient client, HttpExecuteRequest.Builder request) throws IOException {
		try (AttemptScope.Entered scope = IMPATIENT.enter()) {
			client.prepareRequest(request.build()).call();
		}
	}

	private static SdkHttpClient client(DnsResolver dns) {
		StallTimeouts limits = new StallTimeouts(TIMEOUT, TIMEOUT, new ReadTimeouts(TIMEOUT, TIMEOUT, TIMEOUT), null);
		SdkHttpClient apache = Apache5HttpClient.builder()
			.connectionTimeout(TIMEOUT)
			.socketTimeout(TIMEOUT)
			.dnsResolver(new BoundedDnsResolver(dns))
			.build();
		return new StallDetectingHttpClient(apache, apache, limits);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Resolves names.
	 */
	@FunctionalInterface
	private interface Resolution {

		InetAddress[] of(String host) throws UnknownHostException;

	}

	/**
	 * A resolver of names.
	 *
	 * @param resolution what it does
	 */
	private record Lookup(Resolution resolution) implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			return this.resolution.of(host);
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
