package io.s3s3.autoconfigure;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Remembers the endpoint of each bucket. The SDK evaluates S3's endpoint rules twice for
 * each request, though they say the same for the same bucket, and that takes 4 to 6 % of
 * the CPU time of a small request. What the rules do not read is left out: keys, prefixes
 * and sources of copies. Thread-safe.
 */
final class CachingS3EndpointProvider implements S3EndpointProvider {

	/** How many endpoints are remembered. */
	static final int LIMIT = 500;

	/** How many parameters are known here: what a newer SDK adds may matter. */
	private static final int PARAMETERS = 18;

	private static final boolean KNOWS_ALL = parameters() == PARAMETERS;

	private final S3EndpointProvider rules;

	private final Map<Inputs, Endpoint> endpoints = new ConcurrentHashMap<>();

	CachingS3EndpointProvider(S3EndpointProvider rules) {
		this.rules = rules;
	}

	@Override
	public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams params) {
		Inputs inputs = Inputs.of(params);
		Endpoint known = this.endpoints.get(inputs);
		return (known != null) ? CompletableFuture.completedFuture(known) : resolve(params, inputs);
	}

	private CompletableFuture<Endpoint> resolve(S3EndpointParams params, Inputs inputs) {
		CompletableFuture<Endpoint> endpoint = this.rules.resolveEndpoint(params);
		if (KNOWS_ALL && this.endpoints.size() < LIMIT && isSameForAllKeys(endpoint, params)) {
			this.endpoints.put(inputs, endpoint.join());
		}
		return endpoint;
	}

	/**
	 * Return whether there is an endpoint with a valid URL, whatever the key.
	 */
	private boolean isSameForAllKeys(CompletableFuture<Endpoint> endpoint, S3EndpointParams params) {
		if (!endpoint.isDone() || endpoint.isCompletedExceptionally()) {
			return false;
		}
		try {
			return endpoint.join().equals(this.rules.resolveEndpoint(withoutKeys(params)).join());
		}
		catch (CompletionException | IllegalArgumentException ex) {
			return false;
		}
	}

	private static S3EndpointParams withoutKeys(S3EndpointParams params) {
		return params.toBuilder().key(null).prefix(null).copySource(null).deleteObjectKeys(null).build();
	}

	private static long parameters() {
		return Stream.of(S3EndpointParams.class.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.count();
	}

	/**
	 * What the rules read.
	 *
	 * @param bucket the bucket
	 * @param region the region
	 * @param endpoint the endpoint that the client was given
	 * @param flags all else, two bits each
	 */
	private record Inputs(@Nullable String bucket, @Nullable String region, @Nullable String endpoint, int flags) {

		static Inputs of(S3EndpointParams params) {
			int flags = flag(0, params.useFips()) | flag(1, params.useDualStack()) | flag(2, params.forcePathStyle())
					| flag(3, params.accelerate()) | flag(4, params.useGlobalEndpoint())
					| flag(5, params.useObjectLambdaEndpoint()) | flag(6, params.disableAccessPoints())
					| flag(7, params.disableMultiRegionAccessPoints()) | flag(8, params.useArnRegion())
					| flag(9, params.useS3ExpressControlEndpoint()) | flag(10, params.disableS3ExpressSessionAuth());
			return new Inputs(params.bucket(), params.regionId(), params.endpoint(), flags);
		}

		private static int flag(int index, @Nullable Boolean value) {
			return (value != null) ? (value ? 1 : 2) << 2 * index : 0;
		}

	}

}
