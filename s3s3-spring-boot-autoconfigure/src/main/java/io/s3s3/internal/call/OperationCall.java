package io.s3s3.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.io.SingleTry;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.route.WriteConditions;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;

/**
 * One call on its way along its route. Not thread-safe: it lives on the caller's thread.
 */
final class OperationCall implements RetryCallback<@Nullable Object, Exception> {

	private static final Logger logger = LoggerFactory.getLogger(FailoverEngine.class);

	private final FailoverEngine engine;

	private final S3Call call;

	private final Invocation invocation;

	private final RequestListener listener;

	private final CallEvents events;

	/** Where the call may go as things stand after its last attempt. */
	private Route plan;

	private final RouteWalk walk;

	private final Deadline deadline;

	private final HealthReports health;

	private final FailedAttempts failed;

	private final BodyProgress progress;

	private int attempts;

	/** Whether another attempt follows the last one, as far as that is known. */
	private boolean goesOn = true;

	/** How long to wait before the next attempt. */
	private Duration wait = Duration.ZERO;

	/** Whether a location has asked for fewer requests. */
	private boolean throttled;

	/** When the first round ended, in nanoseconds. */
	private long firstRoundEnded;

	private boolean recovered;

	/** How many attempts went before those of this route. */
	private int attemptsBefore;

	/** Whether the call ends though its route does not: its body is lost. */
	private boolean bodyLost;

	private @Nullable DownloadContinuation continuation;

	private @Nullable LocationRole servedBy;

	private long attemptStarted;

	/** Whether the last attempt has come as far as its location. */
	private boolean sent;

	OperationCall(FailoverEngine engine, S3Call call, Invocation invocation, RequestListener listener, Route plan,
			Deadline deadline) {
		this(engine, call, invocation, listener, plan, deadline, new RouteWalk(plan.locations()));
	}

	private OperationCall(FailoverEngine engine, S3Call call, Invocation invocation, RequestListener listener,
			Route plan, Deadline deadline, RouteWalk walk) {
		this.engine = engine;
		this.call = call;
		this.invocation = invocation;
		this.listener = listener;
		this.events = new CallEvents(call, listener);
		this.progress = new BodyProgress(this.events, invocation.direction(), () -> lastLocation().role());
		this.plan = plan;
		this.failed = new FailedAttempts(plan.sought() != null);
		this.walk = walk;
		this.deadline = deadline;
		this.health = new HealthReports(engine.director(), call.request());
	}

	/**
	 * Go on with a call whose answer broke though it had begun well. The others of the
	 * route are asked first, then the location of that answer.
	 */
	static OperationCall continuing(FailoverEngine engine, S3Call call, RangeInvocation rest, RequestListener listener,
			Route plan, Deadline deadline, BrokenAnswer broken) {
		OperationCall continued = new OperationCall(engine, call, rest, listener, plan, deadline,
				RouteWalk.after(broken.location(), plan.locations()));
		continued.attempts = 1;
		continued.attemptsBefore = broken.attempts() - 1;
		continued.failed.add(broken.attempt(), broken.error());
		continued.health.brokeMidway(broken.attempt(), broken.started(), broken.error());
		return continued;
	}

	// Do a part of a call that has begun: its attempts are numbered on from those before.
	static OperationCall within(FailoverEngine engine, S3Call call, Invocation part, RequestListener listener,
			Route plan, Deadline deadline, int attempts) {
		OperationCall request = new OperationCall(engine, call, part, listener, plan, deadline);
		request.attemptsBefore = attempts;
		return request;
	}

	int attempts() {
		return this.attemptsBefore + this.attempts;
	}

	// Return where the answer came from that the call ended with.
	LocationRole servedBy() {
		return Objects.requireNonNull(this.servedBy);
	}

	// Return the attempt that the call failed with.
	FailedAttempt failure() {
		return this.failed.decisive();
	}

	boolean mayTry() {
		return this.attempts == 0
				|| (this.goesOn && !this.deadline.isOver() && !Thread.currentThread().isInterrupted());
	}

	Duration waitBeforeNext() {
		return this.wait;
	}

	@Override
	public @Nullable Object doWithRetry(RetryContext context) throws Exception {
		Location location = this.walk.next();
		if (this.attempts > 0) {
			tellNextAttempt(location);
			requireBody();
		}
		this.attempts++;
		this.attemptStarted = System.nanoTime();
		this.events.sent(location.role(), attempts());
		if (this.invocation instanceof Invocation.Download download) {
			this.continuation = new DownloadContinuation(this.engine, this.call, this.listener, this.plan,
					this.deadline, location, attempts());
			download.continueBy(this.continuation);
		}
		try {
			Object result = callAt(location);
			reportSuccess(location);
			return result;
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.progress.endAttempt(location.role());
		}
	}

	// What the caller's own body takes before anything is sent is not the location's.
	private @Nullable Object callAt(Location location) throws Throwable {
		S3Request request = this.engine.requestFor(this.call.request(), location);
		this.sent = false;
		this.invocation.prepare();
		this.deadline.requireTime();
		this.sent = true;
		this.attemptStarted = System.nanoTime();
		try (AttemptScope.Entered scope = new AttemptScope(!hasBetterChance(location)).enter()) {
			Object answer = this.invocation.invoke(location, requestInTime(request), this.progress.beginAttempt());
			return this.engine.answerTo(this.call.request(), location, answer);
		}
		catch (Throwable ex) {
			throw asThrown(CarriedThrowable.originalOf(ex));
		}
	}

	// What is checked could not be thrown by a client: it is wrapped as the SDK does.
	private static Throwable asThrown(Throwable error) {
		boolean declared = error instanceof RuntimeException || error instanceof Error;
		return declared ? error : SdkClientException.create("The caller's own code failed", error);
	}

	// A condition that held for a write whose answer was lost no longer holds for the
	// same write: the SDK must not try that again by itself.
	private S3Request requestInTime(S3Request request) {
		S3Request limited = this.deadline.limit(request);
		return WriteConditions.areIn(request) ? SingleTry.of(limited) : limited;
	}

	// Whether it may pay not to wait for a location, since another one follows: always,
	// unless this one is well and none that follows is.
	private boolean hasBetterChance(Location location) {
		Router router = this.engine.router();
		List<Location> left = this.walk.left();
		return !left.isEmpty() && (!router.isWell(location) || left.stream().anyMatch(router::isWell));
	}

	private boolean isResumed() {
		return this.continuation != null && this.continuation.isUsed();
	}

	// One whose answer broke on the way has been told of already.
	private void reportSuccess(Location location) {
		if (!isResumed()) {
			this.health.succeeded(location.role(), this.attemptStarted);
		}
	}

	void succeeded(@Nullable Object result) {
		succeededAt((this.continuation != null && this.continuation.isUsed()) ? this.continuation.lastServed()
				: lastLocation(), result);
	}

	/**
	 * End the call with the error that tells most, unless it was done in part: then the
	 * answer tells.
	 */
	@Nullable Object recover() throws Exception {
		Object partial = (this.failed.last().failure().kind() != FailureKind.CANCELLED)
				? this.invocation.partialResult() : null;
		if (partial != null) {
			this.recovered = true;
			this.health.failedEverywhere();
			succeededAt(this.invocation.answeredBy(), partial);
			return partial;
		}
		throw this.failed.decisiveException();
	}

	/**
	 * Note an error. Whether another attempt follows is known from here on.
	 */
	void failed(Throwable error) {
		if (this.bodyLost) {
			return;
		}
		Failure failure = judge(error);
		note(error, failure);
		FailedAttempt attempt = this.failed.last();
		this.health.failed(attempt, this.attemptStarted, error);
		// A download that went on was told of.
		if (!isResumed()) {
			this.events.received(attempt, error);
		}
		this.goesOn = failure.canFailOver() && (staysInRound(failure) || goesRoundAgain());
	}

	private Failure judge(Throwable error) {
		Failure found = this.engine.classify(error);
		if (this.sent && found.effect() == Effect.UNKNOWN && this.invocation.asksForUpload()) {
			leftBehind();
		}
		Failure failure = Disclaimer.recognize(this.plan, this.invocation.refine(found, error), error);
		if (this.invocation.failedAtCaller() && failure.kind() != FailureKind.CANCELLED) {
			failure = Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (!this.sent) {
			failure = failure.uncounted().withEffect(Effect.NOT_SENT);
		}
		return (isResumed() || isOfCall(failure, error)) ? failure.uncounted() : failure;
	}

	/**
	 * Tell what nobody can abort, since its id is not known.
	 */
	private void leftBehind() {
		Instant time = Instant.now().minusNanos(System.nanoTime() - this.attemptStarted);
		Location location = lastLocation();
		UploadLeftBehind upload = new UploadLeftBehind(this.call, location.role(), location.bucket(),
				time.truncatedTo(ChronoUnit.MILLIS));
		this.failed.remark(upload.getDescription());
		logger.warn("No answer tells how it ended: {}. A lifecycle rule for incomplete uploads removes it",
				upload.getDescription());
		this.events.leftBehind(upload);
	}

	/**
	 * Return whether a failure says nothing of the location: the call ran out of time, of
	 * which the location had only the rest, or had begun to answer; or the credentials or
	 * the time limit are the caller's own.
	 */
	private boolean isOfCall(Failure failure, Throwable error) {
		boolean cutShort = this.deadline.isOver() && (this.attempts > 1 || this.invocation.hasAnswer());
		return cutShort || this.call.request().overrideConfiguration().filter((own) -> {
			boolean credentials = failure.kind() == FailureKind.CREDENTIALS && own.credentialsProvider().isPresent();
			boolean call = error instanceof ApiCallTimeoutException && own.apiCallTimeout().isPresent();
			boolean attempt = error instanceof ApiCallAttemptTimeoutException
					&& own.apiCallAttemptTimeout().isPresent();
			return credentials || call || attempt;
		}).isPresent();
	}

	private boolean staysInRound(Failure failure) {
		this.wait = Duration.ZERO;
		this.throttled |= failure.kind() == FailureKind.THROTTLED;
		boolean onRoute = this.plan.locations().contains(lastLocation());
		if (onRoute && failure.kind().mayPass() && failure.countsAgainstLocation() && isRepeatable(failure)
				&& this.invocation.isWorthRepeating(failure)) {
			this.walk.askAgain();
		}
		return this.walk.hasNext();
	}

	/**
	 * Return whether the request may be sent to the same location again. A condition that
	 * an attempt may have changed itself must not be checked again.
	 */
	private boolean isRepeatable(Failure failure) {
		return failure.effect() != Effect.UNKNOWN || !WriteConditions.areIn(this.call.request());
	}

	/**
	 * Begin another round after a wait, as a client of the SDK by itself would, if there
	 * are locations whose failure may pass, and time.
	 */
	private boolean goesRoundAgain() {
		if (!this.walk.mayGoOn()) {
			return false;
		}
		int rounds = this.walk.rounds();
		long now = System.nanoTime();
		if (rounds == 1) {
			this.firstRoundEnded = now;
		}
		Duration elapsed = Duration.ofNanos(now - this.firstRoundEnded);
		Duration longest = this.engine.limits().longestWait(rounds, this.throttled);
		Duration wait = Duration.ofNanos((long) (longest.toNanos() * ThreadLocalRandom.current().nextDouble()));
		if (!this.engine.limits().allowRound(rounds, elapsed, this.throttled)
				|| !this.deadline.allows(wait, ownTimeout()) || !this.engine.budget().tryAcquire()) {
			return false;
		}
		this.wait = wait;
		this.walk.beginRound();
		return true;
	}

	/**
	 * Return what the caller allows to the call as a whole, as far as it is a single
	 * client's.
	 */
	private @Nullable Duration ownTimeout() {
		return this.call.request()
			.overrideConfiguration()
			.flatMap(RequestOverrideConfiguration::apiCallTimeout)
			.orElse(null);
	}

	/**
	 * Note that the caller gave up between two rounds.
	 */
	void interrupted() {
		note(AbortedException.create("Interrupted between two rounds"),
				Failure.ofCaller(FailureKind.CANCELLED, Effect.NOT_SENT));
		this.goesOn = false;
	}

	private void note(Throwable error, Failure failure) {
		Duration duration = Duration.ofNanos(System.nanoTime() - this.attemptStarted);
		this.failed.add(new FailedAttempt(lastLocation().role(), duration, failure), error);
		reroute();
	}

	private void tellNextAttempt(Location next) {
		FailedAttempt attempt = this.failed.last();
		Throwable error = this.failed.lastError();
		this.events.retried(attempt, error, next.role());
		if (next.role() != attempt.location()) {
			logger.debug("{} fails over to {}: {}", this.call.operation(), next.role(), attempt);
			this.events.failedOver(attempt, error, next.role(), this.invocation);
		}
	}

	// A body that is gone, and that no listener gave anew, ends the call as it is.
	private void requireBody() throws Exception {
		this.bodyLost = this.invocation.loss() != null;
		if (this.bodyLost) {
			this.goesOn = false;
			throw this.failed.decisiveException();
		}
	}

	private void succeededAt(Location location, @Nullable Object result) {
		this.servedBy = location.role();
		if (this.invocation instanceof Invocation.Download) {
			this.deadline.lift();
		}
		if (!this.recovered) {
			this.health.served();
			this.engine.budget().succeeded(this.walk.rounds() - 1);
		}
		S3Response response = this.invocation.responseOf(result);
		this.engine.router().answered(location, this.call.request(), response);
		this.engine.abandonedUploads().answered(location.role());
		if (!isResumed()) {
			this.events.received(location.role(), response);
		}
		this.events.succeeded(location.role(), response);
		complete(location.role(), null);
	}

	/**
	 * Tell that the call has failed, with all that is known of its attempts.
	 */
	void fail() {
		if (this.recovered) {
			return;
		}
		this.health.failedEverywhere();
		this.failed.trace(this.call.operation(), limit());
		FailedAttempt decisive = this.failed.decisive();
		this.events.failed(decisive, this.failed.decisiveError());
		complete(decisive.location(), decisive.failure());
	}

	private @Nullable String limit() {
		String over = this.deadline.limit();
		if (over != null) {
			return over;
		}
		return this.bodyLost ? "the body can't be sent again: " + this.invocation.loss() : this.plan.limit();
	}

	Throwable decisiveError() {
		return this.failed.decisiveError();
	}

	private void complete(LocationRole location, @Nullable Failure failure) {
		this.events.spooled(this.invocation.spooled());
		this.events.completed(location, this.deadline.elapsed(), failure);
	}

	/**
	 * Go by the route as it is now: a location that was drained while an attempt took its
	 * time gets no other one; one that was undrained may.
	 */
	private void reroute() {
		this.plan = this.engine.routeAgain(this.plan);
		this.walk.reroute(this.plan.locations());
	}

	private Location lastLocation() {
		return this.walk.current();
	}

	@Override
	public String getLabel() {
		return this.call.toString();
	}

}
