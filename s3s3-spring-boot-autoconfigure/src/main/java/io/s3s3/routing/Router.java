package io.s3s3.routing;

import java.util.List;
import java.util.Set;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.location.Traffic;
import io.s3s3.location.TrafficOrder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListObjectAnnotationsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides which locations serve a call, by the safety of its operation, by what earlier
 * answers bound to one location (uploads and listings), and by where traffic goes now.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Router {

	private static final String TOKEN_LIMIT = "only the location that issued the continuation token knows it";

	private static final String DRAINED_LIMIT = "an operator took the other location out";

	private final LocationPair pair;

	private final Traffic traffic;

	private final boolean conditionalWritesElsewhere;

	private final UploadMemory uploads = new UploadMemory();

	private final ListingMemory listings = new ListingMemory();

	private final RoutePlan primaryFirst;

	private final RoutePlan secondaryFirst;

	private final RoutePlan primaryAlone;

	private final RoutePlan secondaryAlone;

	/**
	 * Create a router.
	 * @param pair the locations
	 * @param traffic where calls go now
	 * @param conditionalWritesElsewhere whether a conditional write may go to another
	 * location than home
	 */
	public Router(LocationPair pair, Traffic traffic, boolean conditionalWritesElsewhere) {
		this.pair = pair;
		this.traffic = traffic;
		this.conditionalWritesElsewhere = conditionalWritesElsewhere;
		this.primaryFirst = new RoutePlan(List.of(pair.primary(), pair.secondary()), null);
		this.secondaryFirst = new RoutePlan(List.of(pair.secondary(), pair.primary()), null);
		this.primaryAlone = only(pair.primary(), DRAINED_LIMIT);
		this.secondaryAlone = only(pair.secondary(), DRAINED_LIMIT);
	}

	/**
	 * Return home: the primary, unless an operator chose otherwise.
	 * @return the location
	 */
	public Location home() {
		return this.pair.get(this.traffic.home());
	}

	/**
	 * Return whether a location is well, so that calls may rely on it.
	 * @param location the location
	 * @return whether it is
	 */
	public boolean isWell(Location location) {
		return this.traffic.isWell(location.role());
	}

	/**
	 * Decide which locations serve a call. A conditional write goes home. Any other call
	 * that only one location may serve goes to the one whose bucket it names, unless that
	 * is drained; if it names none, or both are called the same, it goes home.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param request the request
	 * @param bucket the bucket that the request names, {@code null} if it names none
	 * @return the plan
	 */
	public RoutePlan route(String operation, S3Request request, @Nullable String bucket) {
		return switch (OperationTable.safetyOf(operation, request)) {
			case READ -> routeRead(request, bucket);
			case IDEMPOTENT_WRITE -> anywhere(request);
			case CONDITIONAL_WRITE -> this.conditionalWritesElsewhere ? anywhere(request) : only(home(),
					"a condition checked in one bucket says nothing about the other (s3s3.failover.conditional-writes)");
			case BOUND -> routeBound(request, bucket);
			case ADMINISTRATION -> only(named(bucket), "it concerns the bucket itself");
		};
	}

	/**
	 * Decide where a call may go that has begun, and to which the other location may have
	 * been opened or closed since. What only one location may serve stays there.
	 * @param before the plan so far
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param request the request
	 * @param bucket the bucket that the request names, {@code null} if it names none
	 * @return the same plan if it still holds
	 */
	public RoutePlan routeAgain(RoutePlan before, String operation, S3Request request, @Nullable String bucket) {
		boolean free = Set.of(this.primaryFirst, this.secondaryFirst, this.primaryAlone, this.secondaryAlone)
			.contains(before);
		RoutePlan now = free ? route(operation, request, bucket) : before;
		return now.hasSameLocationsAs(before) ? before : now;
	}

	private RoutePlan routeRead(S3Request request, @Nullable String bucket) {
		if (request instanceof ListObjectsV2Request list && list.continuationToken() != null) {
			LocationRole issuer = this.listings.issuerOf(list);
			if (issuer == null) {
				return only(named(bucket), TOKEN_LIMIT);
			}
			boolean goesOn = this.traffic.isWell(issuer) && !this.traffic.order(null).alone();
			return goesOn ? startingAt(issuer) : anywhere(request);
		}
		if (request instanceof ListObjectAnnotationsRequest list && list.continuationToken() != null) {
			return only(named(bucket), TOKEN_LIMIT);
		}
		return anywhere(request);
	}

	private RoutePlan routeBound(S3Request request, @Nullable String bucket) {
		LocationRole issuer = this.uploads.issuerOf(request);
		return (issuer != null) ? only(this.pair.get(issuer), "the upload belongs to the " + issuer + " location")
				: only(named(bucket), "replication does not carry it");
	}

	private RoutePlan anywhere(S3Request request) {
		TrafficOrder order = this.traffic.order(request.getValueForField("Key", String.class).orElse(null));
		if (order.alone()) {
			return (order.first() == LocationRole.PRIMARY) ? this.primaryAlone : this.secondaryAlone;
		}
		return startingAt(order.first());
	}

	private RoutePlan startingAt(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primaryFirst : this.secondaryFirst;
	}

	private Location named(@Nullable String bucket) {
		Location home = home();
		Location other = this.pair.get(home.role().other());
		boolean named = other.bucket().equals(bucket) && !home.bucket().equals(bucket);
		return (named && !this.traffic.order(null).alone()) ? other : home;
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

}
