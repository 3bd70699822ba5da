package io.s3s3.internal.route;

import java.util.List;
import java.util.function.Consumer;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.mockito.Mockito;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.mockito.Mockito.mock;

/**
 * A router between two locations.
 */
abstract class AbstractRouterTests {

	final Location primary = Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east");

	final Location secondary = Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west");

	final LocationPair pair = new LocationPair(this.primary, this.secondary);

	final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	final Router router = new Router(this.pair, this.director, false, true,
			new WriteMemory(ConsistencySettings.DEFAULTS, this.pair, this.director, Mockito.mock(Discoveries.class)));

	@AutoClose
	private final WriteMemory memory = this.router.memory();

	Route route(String operation, S3Request request, @Nullable String bucket) {
		return this.router.route(operation, request,
				new Target(bucket, request.getValueForField("Key", String.class).orElse(null), false));
	}

	void answered(Location location, Consumer<ListObjectsV2Response.Builder> page) {
		ListObjectsV2Response response = ListObjectsV2Response.builder()
			.applyMutation(page)
			.nextContinuationToken("token")
			.build();
		this.router.answered(location, ListObjectsV2Request.builder().build(), response);
	}

	static ListObjectsV2Request nextPage() {
		return ListObjectsV2Request.builder().continuationToken("token").build();
	}

	static S3Object object(String key) {
		return S3Object.builder().key(key).build();
	}

}
