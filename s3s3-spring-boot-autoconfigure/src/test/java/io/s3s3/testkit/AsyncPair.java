package io.s3s3.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.http.HedgingMark;
import io.s3s3.internal.http.ReadTimeouts;
import io.s3s3.internal.http.StallDetectingAsyncHttpClient;
import io.s3s3.internal.http.StallTimeouts;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A failover client and its asynchronous side over plain clients of the SDK, each of
 * which tries once.
 */
public final class AsyncPair implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	private final S3AsyncClient primary;

	private final S3AsyncClient secondary;

	private final FailoverS3Client blocking;

	private final FailoverS3AsyncClient client;

	private AsyncPair(URI primary, URI secondary, Function<URI, S3AsyncClient> clients,
			Consumer<FailoverS3Client.Builder> customizer) {
		this.primary = clients.apply(primary);
		this.secondary = clients.apply(secondary);
		FailoverS3Client.Builder builder = FailoverS3Client.builder()
			.primary(EmbeddedS3.client(primary), "east")
			.secondary(EmbeddedS3.client(secondary), "west")
			.rounds(1, Duration.ofMillis(1))
			.director(this.director);
		customizer.accept(builder);
		this.blocking = builder.build();
		this.client = FailoverS3AsyncClient.builder()
			.client(this.blocking)
			.primary(this.primary)
			.secondary(this.secondary)
			.build();
	}

	/**
	 * Make a pair whose buckets are {@code east} and {@code west}.
	 * @param primary the endpoint of the primary
	 * @param secondary the endpoint of the secondary
	 * @param customizer sets what else there is to set
	 * @return the pair
	 */
	public static AsyncPair of(URI primary, URI secondary, Consumer<FailoverS3Client.Builder> customizer) {
		return new AsyncPair(primary, secondary, EmbeddedS3::asyncClient, customizer);
	}

	/**
	 * Make a pair over HTTP clients as the starter makes them, which are patient.
	 * @param primary the endpoint of the primary
	 * @param secondary the endpoint of the secondary
	 * @param maxConnections how many connections each location may have
	 * @param settings when reads are hedged
	 * @return the pair
	 */
	public static AsyncPair watched(URI primary, URI secondary, int maxConnections, HedgeSettings settings) {
		return new AsyncPair(primary, secondary, (endpoint) -> watched(endpoint, maxConnections),
				(builder) -> builder.hedge(settings));
	}

	private static S3AsyncClient watched(URI endpoint, int maxConnections) {
		StallTimeouts patient = new StallTimeouts(PATIENCE, PATIENCE, new ReadTimeouts(PATIENCE, PATIENCE, PATIENCE),
				null);
		return EmbeddedS3.asyncClient(endpoint, List.of(new HedgingMark(() -> true)),
				(defaults) -> new StallDetectingAsyncHttpClient(
						EmbeddedS3.nettyClient().maxConcurrency(maxConnections).buildWithDefaults(defaults), patient,
						maxConnections));
	}

	public static AsyncPair of(URI primary, URI secondary) {
		return of(primary, secondary, (builder) -> {
		});
	}

	public FailoverS3AsyncClient client() {
		return this.client;
	}

	public FailoverS3Client blocking() {
		return this.blocking;
	}

	/**
	 * Forget how the locations were.
	 */
	public void reset() {
		FailoverControl.of(this.director, this.blocking.locations(), (location) -> {
			throw new UnsupportedOperationException();
		}).reset();
	}

	@Override
	public void close() {
		this.client.close();
		this.blocking.close();
		Stream
			.of(this.primary, this.secondary, this.blocking.locations().primary().client(),
					this.blocking.locations().secondary().client())
			.forEach(SdkClient::close);
	}

}
