package io.s3s3.internal.route;

import java.util.List;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.consistency.ReadCheck;
import io.s3s3.internal.route.UploadMemory.Holder;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Decides which locations serve a call, by the safety of its operation, by what earlier
 * answers bound to one location (uploads and listings), and by where traffic goes now.
 * Thread-safe.
 */
public final class Router {

	private static final String CONDITION_LIMIT = "a condition checked in one bucket says nothing about the other "
			+ "(s3s3.failover.conditional-writes)";

	private static final String SECRETS_LIMIT = "the request carries credentials or keys of its own "
			+ "(s3s3.failover.carry-secrets)";

	private static final String SOURCE_LIMIT = "the source of the copy is in a bucket outside the pair";

	private static final String DRAINED_LIMIT = "an operator took the other location out";

	private final LocationPair pair;

	private final TrafficDirector director;

	private final boolean conditionalWritesElsewhere;

	private final boolean secretsElsewhere;

	private final BucketAddressing addressing;

	private final UploadMemory uploads = new UploadMemory();

	private final ListingMemory listings = new ListingMemory();

	private final PairRoutes routes;

	private final Consistency consistency;

	/**
	 * Create a router.
	 * @param director where calls go now
	 * @param conditionalWritesElsewhere whether a conditional write may go to another
	 * location than home
	 * @param secretsElsewhere whether a request with credentials or encryption keys of
	 * its own may go to another location than home
	 * @param consistency what reads promise
	 */
	public Router(LocationPair pair, TrafficDirector director, boolean conditionalWritesElsewhere,
			boolean secretsElsewhere, ConsistencySettings consistency) {
		this.pair = pair;
		this.director = director;
		this.addressing = new BucketAddressing(pair);
		this.conditionalWritesElsewhere = conditionalWritesElsewhere;
		this.secretsElsewhere = secretsElsewhere;
		this.routes = new PairRoutes(pair, DRAINED_LIMIT);
		this.consistency = new Consistency(consistency, pair, director);
	}

	/**
	 * Return home: the primary, unless an operator chose otherwise.
	 */
	public Location home() {
		return this.pair.get(this.director.home());
	}

	/**
	 * Return whether a location is well, so that calls may rely on it.
	 */
	public boolean isWell(Location location) {
		return this.director.isWell(location.role());
	}

	/**
	 * Return whether a location has gone out since a point of time because nobody answers
	 * there, so that it is in vain to wait for what was sent before.
	 * @param location the location
	 * @param time the point of time, by {@link System#nanoTime()}
	 * @return whether it has, and still is out
	 */
	public boolean isSilentSince(Location location, long time) {
		return this.director.isSilentSince(location.role(), time);
	}

	/**
	 * Return the addressing of requests to buckets.
	 */
	public BucketAddressing addressing() {
		return this.addressing;
	}

	/**
	 * Decide which locations serve a call.
	 * @param operation the name of the operation, such as {@code PutObject}
	 */
	public Route route(String operation, S3Request request) {
		return route(operation, request, this.addressing.targetOf(request));
	}

	/**
	 * Decide which locations serve a call. A conditional write goes home, a copy from a
	 * bucket outside the pair to the primary. Any other call that only one location may
	 * serve goes to the one whose bucket it names, unless that is drained; if it names
	 * none, or both are called the same, it goes home.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param target what the request names
	 */
	public Route route(String operation, S3Request request, Target target) {
		if (target.foreignSource()) {
			return only(this.pair.primary(), SOURCE_LIMIT);
		}
		Route route = switch (OperationTable.safetyOf(operation, request)) {
			case READ -> routeRead(request, target);
			case IDEMPOTENT_WRITE -> anywhere(target);
			case CONDITIONAL_WRITE ->
				this.conditionalWritesElsewhere ? anywhere(target) : only(homeOf(target), CONDITION_LIMIT);
			case BOUND -> routeBound(operation, request, target);
			case ADMINISTRATION -> only(named(target), OperationTable.limitOf(operation));
		};
		boolean staysHome = route.locations().size() > 1 && !this.secretsElsewhere && CarriedSecrets.areIn(request);
		return staysHome ? only(home(), SECRETS_LIMIT) : route;
	}

	/**
	 * Decide where a call may go that has begun, and to which the other location may have
	 * been opened or closed since. What only one location may serve stays there.
	 * @param before the route so far
	 * @return the same route if it still holds
	 */
	public Route routeAgain(Route before) {
		Route now = this.routes.contains(before) ? this.routes.in(this.director.order(null)) : before;
		return now.hasSameLocationsAs(before) ? before : now;
	}

	private Route routeRead(S3Request request, Target target) {
		LocationRole issuer = this.listings.issuerOf(request);
		LocationRole first = (issuer != null && this.director.isWell(issuer)) ? issuer : null;
		if (issuer != null && ListingPage.hasKey(request)) {
			return (first != null && this.director.order(null).size() > 1) ? this.routes.startingAt(first)
					: anywhere(target);
		}
		return ListingPage.needsIssuer(request) ? search(Sought.LISTING, first, target) : anywhere(target);
	}

	private Route routeBound(String operation, S3Request request, Target target) {
		Holder holder = this.uploads.holderOf(request);
		if (holder != null && holder.issued()) {
			return only(this.pair.get(holder.location()),
					"the upload belongs to the " + holder.location() + " location");
		}
		if (UploadMemory.uploadIdOf(request) != null) {
			return search(Sought.UPLOAD, (holder != null) ? holder.location() : null, target);
		}
		LocationRole issuer = this.listings.issuerOf(request);
		return only((issuer != null) ? this.pair.get(issuer) : named(target), OperationTable.limitOf(operation));
	}

	private Route anywhere(Target target) {
		List<LocationRole> order = this.director.order(target.key());
		LocationRole writer = (order.size() > 1) ? writerFor(target, order.get(0)) : null;
		return (writer != null) ? this.routes.startingAt(writer) : this.routes.in(order);
	}

	private Location homeOf(Target target) {
		LocationRole writer = writerFor(target, this.director.home());
		return (writer != null) ? this.pair.get(writer) : home();
	}

	/**
	 * Return the location that calls for a key stay at until the other one has its last
	 * write.
	 */
	private @Nullable LocationRole writerFor(Target target, LocationRole first) {
		LocationRole writer = this.consistency.heldAt(target.key(), first);
		return (writer != null && this.director.isWell(writer) && !this.director.isForced()) ? writer : null;
	}

	/**
	 * Return a route that asks both locations in turn, even one that is drained: it may
	 * be the only one that knows.
	 */
	private Route search(Sought sought, @Nullable LocationRole likely, Target target) {
		LocationRole first = likely;
		if (first == null) {
			Location named = named(target);
			first = named.role().equals(this.director.home()) ? this.director.order(target.key()).get(0) : named.role();
		}
		return new Route(this.routes.startingAt(first).locations(), null, sought);
	}

	private Location named(Target target) {
		Location home = home();
		Location other = this.pair.get(home.role().other());
		boolean named = other.bucket().equals(target.bucket()) && !home.bucket().equals(target.bucket());
		return (named && this.director.order(null).size() > 1) ? other : home;
	}

	/**
	 * Return a request as a location understands it: it names the location's bucket, and
	 * asks for the page of a listing that another location began by its key, not by the
	 * token.
	 * @param location the location that it goes to
	 * @return the same request, or one that the location understands
	 */
	public S3Request requestFor(S3Request request, Location location) {
		return this.addressing.address(this.listings.translate(request, location.role()), location);
	}

	/**
	 * Return an answer as the caller expects it: a page of a listing that another
	 * location began lists nothing twice.
	 * @param location the location that answered
	 * @param answer what it answered
	 * @return the same answer, or one without what was told before
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if the listing
	 * does not go on
	 */
	public @Nullable Object translateAnswer(S3Request request, Location location, @Nullable Object answer) {
		return this.listings.withoutTold(request, location.role(), answer);
	}

	/**
	 * Remember what an answer binds to its location.
	 * @param location the location that answered
	 * @param response what it answered
	 */
	public void answered(Location location, S3Request request, @Nullable S3Response response) {
		if (response instanceof CreateMultipartUploadResponse upload) {
			this.uploads.remember(upload.uploadId(), location.role());
		}
		else if (response != null) {
			this.uploads.learn(request, location.role());
			this.listings.remember(request, response, location.role());
		}
	}

	/**
	 * Return what holds the answers to a call against what this process wrote before it.
	 * @param request the request
	 * @return the check, or {@code null} if there is nothing to hold them against
	 */
	public @Nullable ReadCheck check(S3Request request) {
		if (this.consistency.isEmpty()) {
			return null;
		}
		boolean copies = request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest;
		Target source = copies ? this.addressing.targetOf(request) : null;
		return this.consistency.check(request, (source != null && !source.foreignSource()) ? source.key() : null);
	}

	/**
	 * Remember what a location has written.
	 * @param request the request
	 * @param location the location
	 * @param response what it answered
	 * @param began when the request was sent, as {@link System#nanoTime()} counts
	 * @param ended when the answer had come
	 */
	public void written(S3Request request, Location location, @Nullable S3Response response, long began, long ended) {
		this.consistency.acknowledged(request, location.role(), response, began, ended);
	}

	/**
	 * Remember what a location may have written.
	 * @param request the request
	 * @param location the location
	 * @param began when the request was sent, as {@link System#nanoTime()} counts
	 * @param ended when it had failed
	 */
	public void possiblyWritten(S3Request request, Location location, long began, long ended) {
		this.consistency.possible(request, location.role(), began, ended);
	}

	/**
	 * Return what this process has written.
	 * @return the memory
	 */
	public Consistency consistency() {
		return this.consistency;
	}

	private static Route only(Location location, String limit) {
		return new Route(List.of(location), limit);
	}

}
