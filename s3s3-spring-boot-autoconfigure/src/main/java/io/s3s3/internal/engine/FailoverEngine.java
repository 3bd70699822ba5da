package io.s3s3.internal.engine;

import java.time.Duration;
import java.util.Objects;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.AttemptOutcomes;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.routing.RoutePlan;
import io.s3s3.routing.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.retry.RetryListener;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.support.RetryTemplate;

/**
 * Carries out every call: asks the router for a route and lets a {@link RetryTemplate}
 * walk it until a location answers. Thread-safe.
 */
public final class FailoverEngine {

	private static final Logger logger = LoggerFactory.getLogger(FailoverEngine.class);

	private final LocationPair pair;

	private final Router router;

	private final FailureClassifier classifier;

	private final AttemptOutcomes outcomes;

	private final int maxRounds;

	private final BucketAddressing addressing;

	private final RetryTemplate retryTemplate = new RetryTemplate();

	/**
	 * Create an engine.
	 * @param pair the locations
	 * @param router decides which of them serve a call
	 * @param classifier decides what an error means
	 * @param outcomes is told how attempts ended
	 * @param maxRounds how often a call may go along its route, at least 1
	 * @param backOff how long to wait between two rounds
	 */
	public FailoverEngine(LocationPair pair, Router router, FailureClassifier classifier, AttemptOutcomes outcomes,
			int maxRounds, Duration backOff) {
		this.pair = pair;
		this.router = router;
		this.classifier = classifier;
		this.outcomes = outcomes;
		this.maxRounds = maxRounds;
		this.addressing = new BucketAddressing(pair);
		this.retryTemplate.setRetryPolicy(new RoutePolicy());
		this.retryTemplate.setBackOffPolicy(new RoundBackOff(backOff));
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
	 * @throws Throwable what the client of the last location threw
	 */
	public @Nullable Object execute(String operation, S3Request request, Invocation invocation,
			RequestListener listener) throws Throwable {
		if (this.addressing.isForeign(request)) {
			return invocation.passThrough(this.pair.primary().client(), request);
		}
		RoutePlan plan = this.router.route(operation, request, this.addressing.bucketOf(request));
		OperationCall call = new OperationCall(this, new S3Call(operation, request), invocation, listener, plan);
		if (call.hasAlternative()) {
			invocation.requireReplayable();
		}
		try {
			return this.retryTemplate.execute(call, (context) -> call.recover());
		}
		catch (BackOffInterruptedException ex) {
			throw call.lastError();
		}
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

	S3Request requestFor(S3Request request, Location location) {
		return this.addressing.address(this.router.translate(request, location), location);
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

	// What an attempt says of its location. A failure that is the caller's says nothing;
	// an answer is as good as a success.
	void report(LocationRole location, long started, @Nullable Failure failure) {
		if (failure == null || failure.kind() == FailureKind.ANSWER) {
			this.outcomes.succeeded(location, started);
		}
		else if (failure.kind() == FailureKind.THROTTLED) {
			this.outcomes.throttled(location, started, failure.kind().tag());
		}
		else if (failure.countsAgainstLocation()) {
			this.outcomes.failed(location, started, failure.kind().tag());
		}
	}

	int maxRounds() {
		return this.maxRounds;
	}

}
