package io.s3s3.internal.call;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.route.BucketAddressing;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.retry.RetryListener;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.support.RetryTemplate;

/**
 * Carries out every call: asks the router for a route and lets a {@link RetryTemplate}
 * walk it until a location answers. Thread-safe.
 */
public final class FailoverEngine implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FailoverEngine.class);

	private final LocationPair pair;

	private final Router router;

	private final FailureClassifier classifier;

	private final TrafficDirector director;

	private final TransferSettings transfer;

	private final AttemptLimits limits;

	private final BucketAddressing addressing;

	private final IncompleteUploads abandonedUploads;

	private final RetryBudget budget = new RetryBudget();

	private final RetryTemplate retryTemplate = new RetryTemplate();

	/**
	 * Create an engine.
	 * @param pair the locations
	 * @param router decides which of them serve a call
	 * @param classifier decides what an error means
	 * @param director receives the outcomes of attempts
	 * @param transfer how bodies are kept and cut
	 * @param limits how many attempts a call may make, and in which time
	 */
	public FailoverEngine(LocationPair pair, Router router, FailureClassifier classifier, TrafficDirector director,
			TransferSettings transfer, AttemptLimits limits) {
		this.pair = pair;
		this.router = router;
		this.classifier = classifier;
		this.director = director;
		this.transfer = transfer;
		this.abandonedUploads = new IncompleteUploads(transfer.directory());
		this.limits = limits;
		this.addressing = new BucketAddressing(pair);
		this.retryTemplate.setRetryPolicy(new RoutePolicy());
		this.retryTemplate.setBackOffPolicy(new RoundBackOff());
		this.retryTemplate.setListeners(new RetryListener[] { new CallListener() });
	}

	/**
	 * Carry out a call. A request for a bucket outside the pair goes to the primary's
	 * client as it is.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param request the request
	 * @param invocation what to do at a location
	 * @param listener who is told
	 * @return what the client of the location that served the call returned
	 * @throws IllegalArgumentException if the request can't be sent as it is meant
	 * @throws Throwable what the client of the last location threw
	 */
	public @Nullable Object execute(String operation, S3Request request, Invocation invocation,
			RequestListener listener) throws Throwable {
		if (this.addressing.isForeign(request)) {
			try {
				return invocation.passThrough(this.pair.primary().client(), request);
			}
			finally {
				invocation.close();
			}
		}
		RequestValidator.requireSendable(request);
		S3Call call = new S3Call(operation, request);
		Deadline deadline = new Deadline(this.limits.callTimeout());
		try {
			return (invocation instanceof BatchDeletion deletion) ? delete(call, deletion, listener, deadline)
					: run(new OperationCall(this, call, invocation, listener, route(operation, request), deadline));
		}
		finally {
			invocation.close();
		}
	}

	private @Nullable Object delete(S3Call call, BatchDeletion deletion, RequestListener listener, Deadline deadline)
			throws Throwable {
		Map<Route, List<ObjectIdentifier>> shares = SplitDeletion.shares(this, call.operation(),
				(DeleteObjectsRequest) call.request());
		if (shares.size() > 1) {
			return new SplitDeletion(this, call, listener, deadline).run(shares, deletion);
		}
		Map.Entry<Route, List<ObjectIdentifier>> share = shares.entrySet().iterator().next();
		return run(new OperationCall(this, call, deletion.share(share.getValue(), this::classify), listener,
				share.getKey(), deadline));
	}

	Route route(String operation, S3Request request) {
		return this.router.route(operation, request, this.addressing.targetOf(request));
	}

	@Nullable Object run(OperationCall call) throws Exception {
		try {
			return this.retryTemplate.execute(call, (context) -> call.recover());
		}
		catch (BackOffInterruptedException ex) {
			throw (call.decisiveError() instanceof Exception error) ? error : ex;
		}
	}

	/**
	 * Return the uploads in parts that were given up.
	 * @return the uploads
	 */
	public IncompleteUploads abandonedUploads() {
		return this.abandonedUploads;
	}

	/**
	 * Stop what goes on in the background.
	 */
	@Override
	public void close() {
		this.abandonedUploads.close();
	}

	/**
	 * Return how bodies are kept and cut.
	 * @return the settings
	 */
	public TransferSettings transfer() {
		return this.transfer;
	}

	/**
	 * Return what decides which locations serve a call.
	 * @return the router
	 */
	public Router router() {
		return this.router;
	}

	/**
	 * Return what addresses requests to buckets.
	 * @return the addressing
	 */
	public BucketAddressing addressing() {
		return this.addressing;
	}

	// The route of a call that has begun on another one.
	Route routeAgain(Route before) {
		return this.router.routeAgain(before);
	}

	S3Request requestFor(S3Request request, Location location) {
		return this.addressing.address(this.router.translate(request, location), location);
	}

	@Nullable Object answerTo(S3Request request, Location location, @Nullable Object answer) {
		return this.router.translateAnswer(request, location, answer);
	}

	// A classifier of the user's must not lose the error.
	Failure classify(Throwable error) {
		try {
			return Objects.requireNonNull(this.classifier.classify(error));
		}
		catch (RuntimeException ex) {
			logger.warn("The failure classifier failed; the call does not fail over", ex);
			return Failure.ofCaller(FailureKind.UNEXPECTED, Effect.UNKNOWN);
		}
	}

	TrafficDirector director() {
		return this.director;
	}

	RetryBudget budget() {
		return this.budget;
	}

	AttemptLimits limits() {
		return this.limits;
	}

}
