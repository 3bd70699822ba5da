package io.s3s3.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
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
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * One call on its way along its route: a state machine that decides, while its driver
 * calls, waits, and tells it the news. <pre>
 * driver                                 execution
 *   begin ─────────────────────────────▶  Start 1 at the primary
 *   send 1, then failed 1 ─────────────▶  Start 2 at the secondary, or Wait, or End
 *   elapsed ───────────────────────────▶  Start 3 at the primary, or End
 *   send 3, then succeeded 3 ──────────▶  End
 *   cancel ────────────────────────────▶  Cancel what is in flight, then End
 * </pre> After each piece of news, {@link #take()} says what to do next. An outcome
 * carries the number of its attempt; one of an attempt that nobody waits for any more is
 * ignored. It knows no thread, no client and no clock: each method takes the time, as
 * {@link System#nanoTime()} counts. Not thread-safe: a driver tells it one thing at a
 * time.
 * <p>
 * The rest of a download that broke, a part of one and a share of a batch are executions
 * of their own within the same {@link CallScope}.
 */
public final class CallExecution {

	private static final Logger logger = LoggerFactory.getLogger(CallExecution.class);

	private final CallScope scope;

	private final CallKind kind;

	private final FailureJudge judge;

	private final CallEnding ending;

	private final RouteWalk walk;

	private final HealthReports health;

	private final FailedAttempts failed;

	private final BodyProgress progress;

	private final List<AttemptInFlight> inFlight = new ArrayList<>(1);

	/** Where the call may go as things stood after its last attempt. */
	private Route route;

	private int attempts;

	private boolean cancelled;

	private Step step = Step.Await.INSTANCE;

	/** Why the call ends though its route does not. */
	private @Nullable String lostBody;

	private @Nullable Location servedBy;

	/**
	 * Create an execution.
	 * @param scope what the parts of the call share
	 * @param kind the kind of the call
	 * @param route where the call may go
	 */
	public CallExecution(CallScope scope, CallKind kind, Route route) {
		this(scope, kind, route, new RouteWalk(route.locations()));
	}

	private CallExecution(CallScope scope, CallKind kind, Route route, RouteWalk walk) {
		this.scope = scope;
		this.kind = kind;
		this.route = route;
		this.walk = walk;
		this.health = new HealthReports(scope.services().director(), scope.call().request());
		this.failed = new FailedAttempts(route.sought() != null);
		this.judge = new FailureJudge(scope, kind, this.failed);
		this.ending = new CallEnding(scope, kind);
		this.progress = new BodyProgress(scope.events(), kind.direction(), () -> walk.current().role());
	}

	/**
	 * Create the execution that goes on with a call whose answer broke though it had
	 * begun well. The others of the route are asked first, then the location of that
	 * answer.
	 * @param scope what the parts of the call share
	 * @param kind the kind of the rest
	 * @param route where it may go
	 * @param broken the answer
	 * @return the execution
	 */
	public static CallExecution continuing(CallScope scope, CallKind kind, Route route, BrokenAnswer broken) {
		CallExecution rest = new CallExecution(scope.part(broken.attempts() - 1), kind, route,
				RouteWalk.after(broken.location(), route.locations()));
		rest.attempts = 1;
		rest.failed.add(broken.attempt(), broken.error());
		rest.health.brokeMidway(broken.attempt(), broken.started(), broken.error());
		return rest;
	}

	/**
	 * Begin.
	 * @param now the time
	 */
	public void begin(long now) {
		startNext(now);
	}

	/**
	 * Return what to do now, without taking it.
	 * @return the step
	 */
	public Step step() {
		return this.step;
	}

	/**
	 * Take what to do now. It is given once: what follows is {@link Step.Await} until
	 * there is news. A wait and the end stay.
	 * @return the step
	 */
	public Step take() {
		Step taken = this.step;
		if (!(taken instanceof Step.Wait || taken instanceof Step.End)) {
			this.step = Step.Await.INSTANCE;
		}
		return taken;
	}

	/**
	 * Take the news that the body of an attempt is ready.
	 * @param attempt the number of the attempt
	 * @param now the time
	 * @return the request to send, as the location understands it
	 * @throws software.amazon.awssdk.core.exception.ApiCallTimeoutException if there is
	 * no time left, which is an outcome as any other error is
	 */
	public S3Request send(int attempt, long now) {
		AttemptInFlight sending = Objects.requireNonNull(find(attempt));
		S3Request request = services().router().requestFor(request(), sending.location());
		S3Request limited = this.scope.deadline().limit(request, now);
		sending.send(now);
		// A condition that held for a write whose answer was lost no longer holds for the
		// same write: the SDK must not try that again by itself.
		return WriteConditions.areIn(request) ? SingleTry.of(limited) : limited;
	}

	/**
	 * Take the news that a location has answered an attempt.
	 * @param attempt the number of the attempt
	 * @param result what the client returned
	 * @param now the time
	 */
	public void succeeded(int attempt, @Nullable Object result, long now) {
		AttemptInFlight landed = land(attempt);
		if (landed == null) {
			return;
		}
		Object answer;
		try {
			answer = services().router().translateAnswer(request(), landed.location(), result);
		}
		catch (RuntimeException ex) {
			failed(landed, ex, now);
			return;
		}
		if (!this.kind.wasResumed()) {
			this.health.succeeded(landed, now);
		}
		this.health.served();
		services().rounds().budget().succeeded(this.walk.rounds() - 1);
		serve(landed.location(), answer, now);
	}

	/**
	 * Take the news that an attempt has failed.
	 * @param attempt the number of the attempt
	 * @param error what the client threw
	 * @param now the time
	 */
	public void failed(int attempt, Throwable error, long now) {
		AttemptInFlight failing = find(attempt);
		if (failing != null && !asks(failing, error, now)) {
			failed(Objects.requireNonNull(land(attempt)), error, now);
		}
	}

	/**
	 * Take the news that a wait is over.
	 * @param now the time
	 */
	public void elapsed(long now) {
		if (this.step instanceof Step.Wait) {
			goOn(now);
		}
	}

	/**
	 * Take the news that the caller gave up. Attempts in flight are cancelled, no other
	 * one starts.
	 * @param now the time
	 */
	public void cancel(long now) {
		this.cancelled = true;
		if (!this.inFlight.isEmpty()) {
			this.step = new Step.Cancel(this.inFlight.get(0).number());
		}
		else if (this.step instanceof Step.Wait) {
			Failure failure = Failure.ofCaller(FailureKind.CANCELLED, Effect.NOT_SENT);
			this.failed.add(new FailedAttempt(this.walk.current().role(), Duration.ZERO, failure),
					AbortedException.create("Interrupted between two rounds"));
			end(now);
		}
	}

	/**
	 * Return how many attempts the call has made, those before this part included.
	 * @return the number
	 */
	public int attempts() {
		return this.scope.attempts() + this.attempts;
	}

	/**
	 * Return the location of the answer that the call ended with.
	 * @return the role of the location
	 */
	public LocationRole servedBy() {
		return Objects.requireNonNull(this.servedBy).role();
	}

	/**
	 * Return the error of the last attempt that failed.
	 * @return the error
	 */
	public Throwable lastError() {
		return this.failed.lastError();
	}

	/**
	 * Return the attempt that the call failed with.
	 * @return the attempt
	 */
	public FailedAttempt decisiveFailure() {
		return this.failed.decisive();
	}

	private void startNext(long now) {
		Location location = this.walk.next();
		if (this.attempts > 0) {
			tellNextAttempt(location);
			this.lostBody = this.kind.notReplayableReason();
			if (this.lostBody != null) {
				end(now);
				return;
			}
		}
		this.attempts++;
		this.inFlight.add(new AttemptInFlight(attempts(), location, now));
		this.scope.events().sent(location.role(), attempts());
		this.step = new Step.Start(attempts(), location, this.route, !hasBetterChance(location),
				this.progress.beginAttempt());
	}

	private void tellNextAttempt(Location next) {
		FailedAttempt attempt = this.failed.last();
		Throwable error = this.failed.lastError();
		this.scope.events().retried(attempt, error, next.role());
		if (next.role() != attempt.location()) {
			logger.debug("{} fails over to {}: {}", this.scope.call().operation(), next.role(), attempt);
			this.scope.events().failedOver(attempt, error, next.role(), this.kind);
		}
	}

	private boolean asks(AttemptInFlight attempt, Throwable error, long now) {
		S3Request question = (attempt.isSent() && !this.cancelled && !this.scope.deadline().isOver(now))
				? this.kind.question(error) : null;
		if (question == null || !attempt.ask()) {
			return false;
		}
		this.step = new Step.Ask(attempt.number(), attempt.location(), this.scope.deadline().limit(question, now));
		return true;
	}

	/**
	 * Return whether it may pay not to wait for a location, since another one follows:
	 * always, unless this one is well and none that follows is.
	 */
	private boolean hasBetterChance(Location location) {
		Router router = services().router();
		List<Location> left = this.walk.left();
		return !left.isEmpty() && (!router.isWell(location) || left.stream().anyMatch(router::isWell));
	}

	private void failed(AttemptInFlight landed, Throwable error, long now) {
		Failure failure = this.judge.judge(landed, this.route, error, this.attempts == 1, now);
		FailedAttempt attempt = new FailedAttempt(landed.location().role(), landed.duration(now), failure);
		this.failed.add(attempt, error);
		reroute();
		this.health.failed(attempt, landed.started(), error);
		if (!this.kind.wasResumed()) {
			this.scope.events().received(attempt, error);
		}
		if (this.cancelled || !failure.canFailOver()) {
			end(now);
			return;
		}
		boolean again = this.route.locations().contains(landed.location()) && this.judge.maySucceedLater(failure);
		this.walk.failed(landed.location(), again, failure.kind() == FailureKind.THROTTLED);
		if (this.walk.hasNext()) {
			goOn(now);
		}
		else {
			goRoundAgain(now);
		}
	}

	/**
	 * Go by the route as it is now: a location that was drained while an attempt took its
	 * time gets no other one; one that was undrained may.
	 */
	private void reroute() {
		this.route = services().router().routeAgain(this.route);
		this.walk.reroute(this.route.locations());
	}

	private void goRoundAgain(long now) {
		Duration ownTimeout = request().overrideConfiguration()
			.flatMap(RequestOverrideConfiguration::apiCallTimeout)
			.orElse(null);
		Duration wait = this.walk.nextRound(services().rounds(),
				(duration) -> this.scope.deadline().allows(duration, ownTimeout, now), now);
		if (wait == null) {
			end(now);
		}
		else if (wait.isZero()) {
			goOn(now);
		}
		else {
			this.step = new Step.Wait(now + wait.toNanos());
		}
	}

	private void goOn(long now) {
		if (this.scope.deadline().isOver(now)) {
			end(now);
		}
		else {
			startNext(now);
		}
	}

	/**
	 * End the call with the error that tells most, unless it was done in part: then the
	 * answer tells.
	 */
	private void end(long now) {
		this.health.failedEverywhere();
		Object partial = (this.failed.last().failure().kind() != FailureKind.CANCELLED) ? this.kind.partialResult()
				: null;
		if (partial != null) {
			serve(this.walk.current(), partial, now);
		}
		else {
			this.step = this.ending.fail(this.failed, limit(now), now);
		}
	}

	private void serve(Location location, @Nullable Object result, long now) {
		this.servedBy = this.kind.answeredBy(location);
		this.step = this.ending.serve(this.servedBy, result, now);
	}

	/**
	 * Return why the call ended before its route did.
	 */
	private @Nullable String limit(long now) {
		String over = this.scope.deadline().limit(now);
		if (over != null) {
			return over;
		}
		return (this.lostBody != null) ? "the body can't be sent again: " + this.lostBody : this.route.limit();
	}

	/**
	 * Return the attempt that an outcome is of, or {@code null} if nobody waits for it.
	 */
	private @Nullable AttemptInFlight land(int attempt) {
		AttemptInFlight landed = find(attempt);
		if (landed != null) {
			this.step = Step.Await.INSTANCE;
			this.inFlight.remove(landed);
			this.progress.endAttempt(landed.location().role());
		}
		return landed;
	}

	private @Nullable AttemptInFlight find(int attempt) {
		for (AttemptInFlight candidate : this.inFlight) {
			if (candidate.number() == attempt) {
				return candidate;
			}
		}
		return null;
	}

	private S3Request request() {
		return this.scope.call().request();
	}

	private CallServices services() {
		return this.scope.services();
	}

}
