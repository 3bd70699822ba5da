package io.s3s3.internal.route;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.s3s3.consistency.ReadConsistency;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.AnswerCheck;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.consistency.DeletionConditions;
import io.s3s3.internal.consistency.ExplainedAbsence;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.internal.route.UploadMemory.Holder;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Decides which locations serve a call, by the safety of its operation, by what earlier
 * answers bound to one location (uploads and listings), and by where traffic currently
 * goes. Thread-safe.
 */
public final class Router {

	private static final String CONDITION_LIMIT = "a condition checked in one bucket says nothing about the other "
			+ "(s3s3.failover.conditional-writes)";

	private static final String SECRETS_LIMIT = "the request carries its own credentials or keys "
			+ "(s3s3.failover.carry-secrets)";

	private static final String SOURCE_LIMIT = "the source of the copy is in a bucket outside the pair";

	private static final String DRAINED_LIMIT = "an operator took the other location out";

	private final LocationPair pair;

	private final TrafficDirector director;

	private final boolean conditionalWritesElsewhere;

	private final boolean secretsElsewhere;

	private final BucketAddressing addressing;

	private final UploadMemory uploads;

	private final ListingMemory listings;

	private final AttributeMemory attributes;

	private final PairRoutes routes;

	private final Consistency consistency;

	private final WriterChoice writers;

	/**
	 * Create a router.
	 * @param director knows where traffic currently goes
	 * @param conditionalWritesElsewhere whether a conditional write may go to another
	 * location than home
	 * @param secretsElsewhere whether a request with credentials or encryption keys of
	 * its own may go to another location than home
	 * @param memory remembers what is written
	 */
	public Router(LocationPair pair, TrafficDirector director, boolean conditionalWritesElsewhere,
			boolean secretsElsewhere, WriteMemory memory) {
		this.pair = pair;
		this.director = director;
		this.uploads = new UploadMemory();
		this.listings = new ListingMemory();
		this.attributes = new AttributeMemory();
		this.addressing = new BucketAddressing(pair);
		this.conditionalWritesElsewhere = conditionalWritesElsewhere;
		this.secretsElsewhere = secretsElsewhere;
		this.routes = new PairRoutes(pair, DRAINED_LIMIT);
		director.track(memory);
		this.consistency = new Consistency(memory, memory.settings().reads() == ReadConsistency.OWN_WRITES);
		this.writers = new WriterChoice(director, this.consistency);
	}

	private Router(Router shared, Consistency consistency) {
		this.pair = shared.pair;
		this.director = shared.director;
		this.uploads = shared.uploads;
		this.listings = shared.listings;
		this.attributes = shared.attributes;
		this.addressing = shared.addressing;
		this.conditionalWritesElsewhere = shared.conditionalWritesElsewhere;
		this.secretsElsewhere = shared.secretsElsewhere;
		this.routes = shared.routes;
		this.consistency = consistency;
		this.writers = new WriterChoice(shared.director, consistency);
	}

	/**
	 * Return a router that shares the knowledge of this one, but makes another promise.
	 * @param consistency what it promises
	 * @return the router
	 */
	public Router promising(Consistency consistency) {
		return new Router(this, consistency);
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
	 * Return whether a location has gone out since a point in time because nobody answers
	 * there, so that waiting for the answers to earlier requests is pointless.
	 * @param location the location
	 * @param time the point in time, by {@link System#nanoTime()}
	 * @return whether it has, and is still out
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
	 * Decide which locations serve a call. A conditional write goes to the last write of
	 * its key, or home; a copy from a bucket outside the pair goes to the primary. Any
	 * other call that only one location may serve goes to the one whose bucket it names,
	 * unless that is drained; if it names none, or both have the same name, it goes home.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param target what the request names
	 */
	public Route route(String operation, S3Request request, Target target) {
		if (target.foreignSource()) {
			return only(this.pair.primary(), SOURCE_LIMIT);
		}
		Route route = switch (OperationTable.safetyOf(operation, request)) {
			case READ -> routeRead(operation, request, target);
			case IDEMPOTENT_WRITE ->
				startingAtWriter(target, (first) -> this.writers.forKey(target.key(), first, false));
			case CONDITIONAL_WRITE -> routeCondition(request, target);
			case BOUND -> routeBound(operation, request, target);
			case ADMINISTRATION -> only(named(target), OperationTable.limitOf(operation));
		};
		boolean staysHome = route.locations().size() > 1 && !mayGoElsewhere(request);
		return staysHome ? only(home(), SECRETS_LIMIT) : route;
	}

	/**
	 * Decide which locations serve a call about an upload: the one where the upload is,
	 * unless that is not well and the other one is, and the other one too if the upload
	 * can start over there. A condition is checked where the upload is.
	 * @param request the request
	 * @param location where the upload is
	 * @param portable whether the upload can start over
	 * @return the route
	 */
	public Route routeUpload(S3Request request, Location location, boolean portable) {
		boolean conditional = !this.conditionalWritesElsewhere && WriteConditions.areIn(request);
		if (!portable || conditional || !mayGoElsewhere(request) || this.addressing.targetOf(request).foreignSource()) {
			return only(location,
					conditional ? CONDITION_LIMIT : "the upload belongs to the " + location.role() + " location");
		}
		List<LocationRole> order = this.director.order(null);
		boolean stays = order.size() > 1
				&& (this.director.isWell(location.role()) || !this.director.isWell(location.role().other()));
		return stays ? this.routes.startingAt(location.role()) : this.routes.in(order);
	}

	/**
	 * Return whether a request may be sent to another location than home, in view of the
	 * secrets that it carries.
	 * @param request the request
	 * @return whether it may
	 */
	public boolean mayGoElsewhere(S3Request request) {
		return this.secretsElsewhere || !CarriedSecrets.areIn(request);
	}

	/**
	 * Decide again where a call in progress may go, since locations may have been drained
	 * or undrained. A call that only one location may serve stays there.
	 * @param before the route so far
	 * @return the same route if it still holds
	 */
	public Route routeAgain(Route before) {
		Route now = this.routes.contains(before) ? this.routes.in(this.director.order(null)) : before;
		return now.hasSameLocationsAs(before) ? before : now;
	}

	private Route routeRead(String operation, S3Request request, Target target) {
		LocationRole issuer = this.listings.issuerOf(request);
		LocationRole first = (issuer != null && this.director.isWell(issuer)) ? issuer : null;
		if (issuer != null && ListingPage.hasKey(request)) {
			return (first != null && this.director.order(null).size() > 1) ? this.routes.startingAt(first)
					: startingAtWriter(target, (order) -> this.writers.forListing(request, order));
		}
		if (ListingPage.needsIssuer(request)) {
			return search(Sought.LISTING, first, target);
		}
		if (WriterChoice.lists(request)) {
			return startingAtWriter(target, (order) -> this.writers.forListing(request, order));
		}
		LocationRole holder = this.attributes.holderOf(operation, target.key());
		return (holder != null) ? startingAtWriter(target, (order) -> this.writers.ifWell(holder))
				: startingAtWriter(target, (order) -> this.writers.forKey(target.key(), order, true));
	}

	private Route routeCondition(S3Request request, Target target) {
		if (this.conditionalWritesElsewhere) {
			return startingAtWriter(target, (first) -> this.writers.forCondition(request, target.key(), first));
		}
		LocationRole writer = this.writers.forCondition(request, target.key(), this.director.home());
		return only((writer != null) ? this.pair.get(writer) : home(), CONDITION_LIMIT);
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
		LocationRole knowing = (issuer != null) ? issuer : this.writers.forVersion(request);
		return only((knowing != null) ? this.pair.get(knowing) : named(target), OperationTable.limitOf(operation));
	}

	/**
	 * Return a route along all locations that may be tried, starting where the health of
	 * the locations sends a call, or where another choice does.
	 * @param choice returns a location to replace the first, or {@code null}
	 */
	private Route startingAtWriter(Target target, Function<LocationRole, @Nullable LocationRole> choice) {
		List<LocationRole> order = this.director.order(target.key());
		LocationRole chosen = (order.size() > 1) ? choice.apply(order.get(0)) : null;
		return (chosen != null) ? this.routes.startingAt(chosen) : this.routes.in(order);
	}

	/**
	 * Return a route that tries both locations in turn, even a drained one, which may be
	 * the only one that knows.
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
	 * it requests a page of a listing that another location began by a key instead of the
	 * token.
	 * @param location the location that it goes to
	 * @return the same request, or one that the location understands
	 */
	public S3Request requestFor(S3Request request, Location location) {
		return this.addressing.address(this.listings.translate(request, location.role()), location);
	}

	/**
	 * Return an answer as the caller expects it: a page of a listing that another
	 * location began repeats nothing.
	 * @param location the location that answered
	 * @param answer its answer
	 * @return the same answer, or one without what was listed before
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if the page does
	 * not continue the listing
	 */
	public @Nullable Object translateAnswer(S3Request request, Location location, @Nullable Object answer) {
		return this.listings.withoutTold(request, location.role(), answer);
	}

	/**
	 * Remember what an answer binds to its location.
	 * @param location the location that answered
	 * @param response its answer
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
	 * Return a check of the answers to a call against what this process wrote before.
	 * @param request the request
	 * @return the check, or {@code null} if there is nothing to check them against
	 */
	public @Nullable AnswerCheck check(S3Request request) {
		if (this.consistency.isEmpty()) {
			return null;
		}
		boolean copies = request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest;
		Target source = copies ? this.addressing.targetOf(request) : null;
		AnswerCheck read = this.consistency.check(request,
				(source != null && !source.foreignSource()) ? source.key() : null);
		return WriteConditions.areIn(request) ? this.consistency.checkConditions(request, read) : read;
	}

	/**
	 * Return what keeps the conditions in a batch deletion from being checked against
	 * stale objects.
	 * @param objects the objects to delete
	 * @return the conditions
	 */
	public DeletionConditions conditionsOf(List<ObjectIdentifier> objects) {
		return this.consistency.isEmpty() ? DeletionConditions.NONE
				: this.consistency.conditionsOf(objects.stream().filter(WriteConditions::areIn).toList());
	}

	/**
	 * Return whether a listing of a location may currently lack writes of this process.
	 * @param request the request
	 * @param location the location
	 * @return whether it lists objects, and the location is not known to have all of them
	 */
	public boolean mayLack(S3Request request, Location location) {
		return !this.consistency.isEmpty() && this.writers.mayLack(request, location.role());
	}

	/**
	 * Return the request that asks a location why an object does not exist.
	 * @param request the request to read it
	 * @param location the location
	 * @param error its answer
	 * @return the request, or {@code null} if it should not be asked
	 */
	public @Nullable ListObjectVersionsRequest whyAbsent(S3Request request, Location location, Throwable error) {
		ListObjectVersionsRequest question = this.consistency.settings().explainAbsence()
				? ExplainedAbsence.question(request, error) : null;
		return (question != null) ? (ListObjectVersionsRequest) requestFor(question, location) : null;
	}

	/**
	 * Return whether a page that a location has listed shows what this process replaced.
	 * @param page the page
	 * @param location the location
	 * @return whether it may
	 */
	public boolean mayShowOld(@Nullable S3Response page, Location location) {
		return page != null && !this.consistency.isEmpty() && this.writers.mayShowOld(page, location.role());
	}

	private boolean isOntoItself(CopyObjectRequest copy) {
		Target source = this.addressing.targetOf(copy);
		return !source.foreignSource() && Objects.equals(source.key(), copy.destinationKey());
	}

	/**
	 * Remember what a location has written.
	 * @param request the request
	 * @param location the location
	 * @param response its answer
	 * @param began when the request was sent, by {@link System#nanoTime()}
	 * @param ended when the answer had arrived
	 */
	public void written(S3Request request, Location location, @Nullable S3Response response, long began, long ended) {
		memory().acknowledged(request, location.role(), response, began, ended);
		if (request instanceof CopyObjectRequest copy && isOntoItself(copy)) {
			memory().copiedOntoItself(copy, response);
		}
		this.attributes.written(request, location.role());
	}

	/**
	 * Remember what a location may have written.
	 * @param request the request
	 * @param location the location
	 * @param began when the request was sent, by {@link System#nanoTime()}
	 * @param ended when it had failed
	 */
	public void possiblyWritten(S3Request request, Location location, long began, long ended) {
		memory().possible(request, location.role(), began, ended);
	}

	/**
	 * Return what reads promise.
	 * @return the promise
	 */
	public Consistency consistency() {
		return this.consistency;
	}

	/**
	 * Return the memory of what this process has written.
	 * @return the memory
	 */
	public WriteMemory memory() {
		return this.consistency.memory();
	}

	private static Route only(Location location, String limit) {
		return new Route(List.of(location), limit);
	}

}
