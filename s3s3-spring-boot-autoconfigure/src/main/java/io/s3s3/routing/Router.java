package io.s3s3.routing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides which locations serve a call, by the safety of its operation and by what
 * earlier answers bound to one location: uploads and listings. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Router {

	private final LocationPair pair;

	private final boolean conditionalWritesElsewhere;

	private final UploadMemory uploads = new UploadMemory();

	private final ListingMemory listings = new ListingMemory();

	private final Map<LocationRole, RoutePlan> startingAt = new EnumMap<>(LocationRole.class);

	private final Map<LocationRole, RoutePlan> uploadAt = new EnumMap<>(LocationRole.class);

	private final Map<OperationSafety, RoutePlan> plans = new EnumMap<>(OperationSafety.class);

	private final RoutePlan unknownListing;

	/**
	 * Create a router.
	 * @param pair the locations
	 * @param conditionalWritesElsewhere whether a conditional write may go to another
	 * location than home
	 */
	public Router(LocationPair pair, boolean conditionalWritesElsewhere) {
		this.pair = pair;
		this.conditionalWritesElsewhere = conditionalWritesElsewhere;
		Location primary = pair.primary();
		Location secondary = pair.secondary();
		RoutePlan both = new RoutePlan(List.of(primary, secondary), null);
		this.startingAt.put(LocationRole.PRIMARY, both);
		this.startingAt.put(LocationRole.SECONDARY, new RoutePlan(List.of(secondary, primary), null));
		for (LocationRole role : LocationRole.values()) {
			this.uploadAt.put(role, only(pair.get(role), "the upload belongs to the " + role + " location"));
		}
		this.plans.put(OperationSafety.READ, both);
		this.plans.put(OperationSafety.IDEMPOTENT_WRITE, both);
		this.plans.put(OperationSafety.CONDITIONAL_WRITE, this.conditionalWritesElsewhere ? both : only(primary,
				"a condition checked in one bucket says nothing about the other (s3s3.failover.conditional-writes)"));
		this.plans.put(OperationSafety.BOUND, only(primary, "replication does not carry it"));
		this.plans.put(OperationSafety.ADMINISTRATION, only(primary, "it concerns the bucket itself"));
		this.unknownListing = only(primary, "only the location that issued the continuation token knows it");
	}

	/**
	 * Return the location that calls go to first.
	 * @return the location
	 */
	public Location home() {
		return this.pair.primary();
	}

	/**
	 * Decide which locations serve a call.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param request the request
	 * @return the plan
	 */
	public RoutePlan route(String operation, S3Request request) {
		OperationSafety safety = OperationTable.safetyOf(operation, request);
		if (safety == OperationSafety.BOUND) {
			LocationRole issuer = this.uploads.issuerOf(request);
			return (issuer != null) ? planOf(this.uploadAt, issuer) : planOf(this.plans, safety);
		}
		if (request instanceof ListObjectsV2Request list && list.continuationToken() != null) {
			LocationRole issuer = this.listings.issuerOf(list);
			return (issuer != null) ? planOf(this.startingAt, issuer) : this.unknownListing;
		}
		return planOf(this.plans, safety);
	}

	/**
	 * Put a request into the words of a location: the page of a listing that another
	 * location began is asked for by its key, not by the token.
	 * @param request the request
	 * @param location the location that it goes to
	 * @return the same request, or one that the location understands
	 */
	public S3Request translate(S3Request request, Location location) {
		return (request instanceof ListObjectsV2Request list && list.continuationToken() != null)
				? this.listings.translate(list, location.role()) : request;
	}

	/**
	 * Remember what an answer binds to its location.
	 * @param location the location that answered
	 * @param request the request
	 * @param response what it answered
	 */
	public void answered(Location location, S3Request request, @Nullable Object response) {
		if (response instanceof CreateMultipartUploadResponse upload) {
			this.uploads.remember(upload.uploadId(), location.role());
		}
		else if (response instanceof ListObjectsV2Response page && request instanceof ListObjectsV2Request list) {
			this.listings.remember(list, page, location.role());
		}
	}

	private static RoutePlan only(Location location, String limit) {
		return new RoutePlan(List.of(location), limit);
	}

	@SuppressWarnings("NullAway") // each map has a plan for each constant
	private static <K extends Enum<K>> RoutePlan planOf(Map<K, RoutePlan> plans, K key) {
		return plans.get(key);
	}

}
