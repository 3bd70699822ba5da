package io.s3s3.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CachingS3EndpointProvider}.
 */
class CachingS3EndpointProviderTests extends AbstractS3s3AutoConfigurationTests {

	private static final List<String> BUCKETS = List.of("orders", "orders.archive", "Orders_1",
			"orders--usw2-az1--x-s3", "arn:aws:s3:us-west-2:123456789012:accesspoint:ap",
			"arn:aws:s3::123456789012:accesspoint:mrap.mrap",
			"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/ap",
			"arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/ol", "ap-12345--s3alias", "a", "");

	private static final List<String> ENDPOINTS = List.of("http://127.0.0.1:9000", "https://s3.example.com/path",
			"https://[::1]:9000", "no endpoint");

	private static final List<Region> REGIONS = List.of(Region.US_EAST_1, Region.US_WEST_2, Region.CN_NORTH_1,
			Region.US_GOV_WEST_1, Region.of("aws-global"), Region.of("elsewhere"));

	private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();

	private final AtomicInteger evaluations = new AtomicInteger();

	private final CachingS3EndpointProvider caching = new CachingS3EndpointProvider((params) -> {
		this.evaluations.incrementAndGet();
		return this.rules.resolveEndpoint(params);
	});

	@Test
	void saysWhatTheRulesSay() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			S3EndpointParams params = any(random);
			assertThat(outcome(this.caching, params)).as(params.bucket()).isEqualTo(outcome(this.rules, params));
		}
	}

	@Test
	void evaluatesTheRulesOnceForEachBucket() {
		for (int i = 0; i < 10; i++) {
			String key = "key-" + i;
			resolve((params) -> params.bucket("orders").key(key));
			resolve((params) -> params.bucket("orders").prefix(key).deleteObjectKeys(List.of(key)));
			resolve((params) -> params.bucket("archive").copySource("orders/" + key));
		}

		// Once with the key and once without, in case that it matters
		assertThat(this.evaluations).hasValue(4);
	}

	@Test
	void remembersOnlyWhatIsTheSameForAllKeys() {
		CachingS3EndpointProvider byKey = new CachingS3EndpointProvider((params) -> CompletableFuture
			.completedFuture(Endpoint.builder().url(URI.create("http://host/" + params.key())).build()));
		S3EndpointParams.Builder params = S3EndpointParams.builder().bucket("orders");

		assertThat(byKey.resolveEndpoint(params.key("one").build()).join().url()).hasPath("/one");
		assertThat(byKey.resolveEndpoint(params.key("two").build()).join().url()).hasPath("/two");
	}

	@Test
	void doesNotRememberAFailure() {
		resolve((params) -> params.region(null));
		resolve((params) -> params.region(null));

		assertThat(this.evaluations).hasValue(2);
	}

	@Test
	void remembersALimitedNumberOfBuckets() {
		for (int i = 0; i < CachingS3EndpointProvider.LIMIT; i++) {
			String bucket = "bucket-" + i;
			resolve((params) -> params.bucket(bucket));
		}
		this.evaluations.set(0);
		resolve((params) -> params.bucket("bucket-0"));
		assertThat(this.evaluations).hasValue(0);

		resolve((params) -> params.bucket("one-more"));
		resolve((params) -> params.bucket("one-more"));

		assertThat(this.evaluations).hasValue(2);
	}

	@Test
	void servesTheClientsOfBothLocations() {
		this.pair.run((context) -> {
			for (LocationRole role : LocationRole.values()) {
				assertThat(configurationOf(context.getBean(LocationPair.class), role).endpointProvider())
					.containsInstanceOf(CachingS3EndpointProvider.class);
			}
			assertThat(context.getBean("primaryS3AsyncClient", S3AsyncClient.class)
				.serviceClientConfiguration()
				.endpointProvider()).containsInstanceOf(CachingS3EndpointProvider.class);
		});
	}

	@Test
	void givesWayToAProviderOfTheApplication() {
		this.pair
			.withBean(LocationClientCustomizer.class, () -> (role, builder) -> builder.endpointProvider(this.rules))
			.run((context) -> assertThat(
					configurationOf(context.getBean(LocationPair.class), LocationRole.PRIMARY).endpointProvider())
				.containsSame(this.rules));
	}

	private void resolve(Consumer<S3EndpointParams.Builder> parameters) {
		S3EndpointParams.Builder params = S3EndpointParams.builder().region(Region.US_WEST_2);
		parameters.accept(params);
		outcome(this.caching, params.build());
	}

	/**
	 * Return the endpoint, or what is wrong with the parameters.
	 */
	private static Object outcome(S3EndpointProvider provider, S3EndpointParams params) {
		try {
			Endpoint endpoint = provider.resolveEndpoint(params).join();
			endpoint.url();
			return endpoint;
		}
		catch (CompletionException | IllegalArgumentException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static S3EndpointParams any(Random random) {
		String endpoint = ENDPOINTS.get(random.nextInt(ENDPOINTS.size()));
		return S3EndpointParams.builder()
			.bucket(BUCKETS.get(random.nextInt(BUCKETS.size())))
			.region(REGIONS.get(random.nextInt(REGIONS.size())))
			.endpoint(endpoint.contains(":") ? endpoint : null)
			.key("key-" + random.nextInt(3))
			.useFips(random.nextInt(10) == 0)
			.useDualStack(random.nextInt(5) == 0)
			.forcePathStyle(flag(random))
			.accelerate(random.nextInt(10) == 0)
			.useGlobalEndpoint(random.nextInt(5) == 0)
			.useObjectLambdaEndpoint(flag(random))
			.disableAccessPoints(flag(random))
			.disableMultiRegionAccessPoints(random.nextBoolean())
			.useArnRegion(flag(random))
			.useS3ExpressControlEndpoint(flag(random))
			.disableS3ExpressSessionAuth(flag(random))
			.build();
	}

	private static @Nullable Boolean flag(Random random) {
		int value = random.nextInt(3);
		return (value == 2) ? null : value == 1;
	}

}
