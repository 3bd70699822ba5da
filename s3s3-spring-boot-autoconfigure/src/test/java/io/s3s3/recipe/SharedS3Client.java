package io.s3s3.recipe;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.s3s3.FailoverS3Client;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stands for a failover client wherever it is sent: what travels is where the buckets
 * are, and each JVM has one client for them.
 */
public final class SharedS3Client implements Supplier<S3Client>, Serializable {

	private static final long serialVersionUID = 1L;

	private static final Map<Pair, FailoverS3Client> CLIENTS = new ConcurrentHashMap<>();

	private final Pair pair;

	public SharedS3Client(Place primary, Place secondary) {
		this.pair = new Pair(primary, secondary);
	}

	@Override
	public S3Client get() {
		return CLIENTS.computeIfAbsent(this.pair, SharedS3Client::build);
	}

	private static FailoverS3Client build(Pair pair) {
		return FailoverS3Client.builder()
			.primary(client(pair.primary()), pair.primary().bucket())
			.secondary(client(pair.secondary()), pair.secondary().bucket())
			.build();
	}

	// Credentials come from where the SDK finds them on the machine that this runs on.
	private static S3Client client(Place place) {
		return S3Client.builder()
			.region(Region.of(place.region()))
			.endpointOverride(place.endpoint())
			.forcePathStyle(place.endpoint() != null)
			.build();
	}

	public record Place(String bucket, String region, @Nullable URI endpoint) implements Serializable {
	}

	private record Pair(Place primary, Place secondary) implements Serializable {
	}

}
