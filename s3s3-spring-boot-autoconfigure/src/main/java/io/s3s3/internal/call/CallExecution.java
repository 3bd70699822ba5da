package io.s3s3.internal.call;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.hedge.Hedge;
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
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * One call along its route: a state machine that decides, while its driver calls, waits,
 * and reports news to it. <pre>
 * driver                                 execution
 *   begin ─────────────────────────────▶  Start 1 at the primary
 *   send 1, then failed 1 ─────────────▶  Start 2 at the secondary, or Wait, or End
 *   elapsed ───────────────────────────▶  Start 3 at the primary, or End
 *   send 3, then succeeded 3 ──────────▶  End
 *   cancel ────────────────────────────▶  Cancel what has no outcome yet, then End
 * </pre> After each piece of news, {@link #take()} returns what to do next. An outcome
 * carries the number of its step; one that nobody waits for is ignored. Nothing here
 * knows a thread or a client, and each method takes the time by
 * {@link System#nanoTime()}. Not thread-safe: a driver makes one call at a time, and a
 * listener that is called from here may only call {@link #cancel}.
 * <p>
 * The rest of a broken download, a part of a download and a share of a batch are
 * executions of their own within the same {@link CallScope}.
 */
public final class CallExecution {

	private static final Logger logger = LoggerFactory.getLogger(CallExecution.class);

	private static final BooleanSupplier NEVER = () -> false;

	private final CallScope scope;

	private final CallKind kind;

	private final RouteWalk walk;

	private final HealthReports health;

	private final FailedAttempts failed;

	private final CallEnding ending;

	private final BodyProgress progress;

	/** {@code null} if no answer can be stale. */
	private final @Nullable ReadGuard guard;

	private final Agenda agenda = new Agenda();

	private final Questions questions;

	/** Where the call may go, as of its last attempt. */
	private Route route;

	private int attempts;

	private boolean cancelled;

	/** Why the call ends before its route does. */
	private @Nullable String lostBody;

	private @Nullable Location servedBy;

	/** Whether the page that the last attempt requests may lack writes. */
	private boolean mayLack;

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
		this.guard = ReadGuard.of(scope, walk);
		this.questions = new Questions(scope, kind, this.guard, this.agenda);
		this.health = new HealthReports(scope.services().director(), scope.call().request());
		this.failed = new FailedAttempts(route.sought() != null, scope.trace());
		this.ending = new CallEnding(scope, kind);
		this.progress = new BodyProgress(scope.events(), kind.direction());
	}

	/**
	 * Create the execution that continues a call whose answer broke after it had begun.
	 * The other location of the route is tried first, then the one of that answer.
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
	 * Take the next step. Each is returned once, except the end.
	 * @return the step, or {@code null} if there is nothing to do but wait for news
	 */
	public @Nullable Step take() {
		return this.agenda.take();
	}

	/**
	 * Begin the call.
	 * @param now the time
	 */
	public void begin(long now) {
		try {
			if (this.cancelled) {
				giveUp(now);
			}
			else if (this.attempts == 0) {
				startNext(now);
			}
			else {
				goOn(now);
			}
		}
		catch (Throwable ex) {
			abandon(ex, now);
		}
	}

	/**
	 * Called when the body of an attempt is ready.
	 * @param number the number of the step
	 * @param now the time
	 * @return what to send
	 * @throws RuntimeException if it must not be sent because the caller gave up
	 * ({@link AbortedException}) or no time is left
	 * ({@link software.amazon.awssdk.core.exception.ApiCallTimeoutException}); the
	 * exception is the outcome then
	 */
	public SendableRequest send(int number, long now) {
		AttemptInFlight sending = this.agenda.find(number);
		if (sending == null || this.cancelled) {
			throw AbortedException.create("Cancelled before it was sent");
		}
		S3Request limited = this.scope.deadline().limited(this.questions.request(sending.location()), now);
		Hedge hedge = services().repeats().hedge(request(), this.route, sending.location(), services().router());
		if (hedge != null) {
			hedge.goElsewhere(new Rivals(this.scope, this.questions, this.guard).of(this.route, sending.first(), now));
		}
		sending.send(now, hedge);
		this.mayLack = services().router().mayLack(request(), sending.location());
		// A condition that held for a write whose answer was lost no longer holds for the
		// same write, so the SDK must not retry it.
		return new SendableRequest(WriteConditions.areIn(limited) ? SingleTry.of(limited) : limited,
				isPatientWith(sending.location()), waitingInVain(sending.location(), now), hedge);
	}

	/**
	 * Called when an answer begins whose body is passed on before the attempt has an
	 * outcome.
	 * @param number the number of the step
	 * @param response the answer
	 * @return the location that it came from, or {@code null} if nobody waits for it
	 * @throws RuntimeException if it must not be passed on; the exception is the outcome
	 * then
	 */
	public @Nullable Location begun(int number, @Nullable S3Response response) {
		AttemptInFlight answered = this.agenda.find(number);
		if (this.guard != null && answered != null) {
			this.guard.require(answered.location(), response);
		}
		if (answered != null) {
			this.progress.beginAttempt(answered.location().role());
		}
		return (answered != null) ? answered.location() : null;
	}

	/**
	 * Return whether an answer that begins is checked against earlier writes, which may
	 * call listeners.
	 * @return whether it is
	 */
	public boolean isGuarded() {
		return this.guard != null;
	}

	/**
	 * Called when a location has answered.
	 * @param number the number of the step
	 * @param result what the client returned
	 * @param now the time
	 * @return whether anybody waited for it; if not, the driver releases what the answer
	 * holds
	 */
	public boolean succeeded(int number, @Nullable Object result, long now) {
		AttemptInFlight awaited = this.agenda.find(number);
		try {
			if (awaited != null) {
				answered(awaited, result, now);
			}
		}
		catch (Throwable ex) {
			abandon(ex, now);
		}
		return awaited != null;
	}

	/**
	 * Called when an attempt has failed.
	 * @param number the number of the step
	 * @param error what the client threw, without what a future wraps it in
	 * @param now the time
	 */
	public void failed(int number, Throwable error, long now) {
		try {
			AttemptInFlight failing = this.agenda.find(number);
			if (failing != null) {
				Inquiry asked = this.questions.take();
				if (asked != null) {
					judge(failing, asked.errorAfter(error), asked.isAgain(), now);
				}
				else if (!(mayAsk(failing, now) && this.questions.askFirst(failing, error, now))) {
					judge(failing, error, false, now);
				}
			}
		}
		catch (Throwable ex) {
			abandon(ex, now);
		}
	}

	/**
	 * Called when time has passed. Does nothing unless a wait is over.
	 * @param now the time
	 */
	public void elapsed(long now) {
		try {
			if (this.agenda.endWait(now)) {
				goOn(now);
			}
		}
		catch (Throwable ex) {
			abandon(ex, now);
		}
	}

	/**
	 * Called when the caller gave up. No other attempt starts; an attempt without an
	 * outcome is cancelled.
	 * @param now the time
	 */
	public void cancel(long now) {
		if (this.agenda.hasEnded() || this.cancelled) {
			return;
		}
		this.cancelled = true;
		try {
			if (this.agenda.isIdle()) {
				giveUp(now);
			}
			else {
				this.agenda.cancel();
			}
		}
		catch (Throwable ex) {
			abandon(ex, now);
		}
	}

	/**
	 * Return how many attempts the call has made, including those before this part.
	 * @return the number
	 */
	public int attempts() {
		return this.scope.attempts() + this.attempts;
	}

	/**
	 * Return the error of the last attempt that failed.
	 * @return the error
	 */
	public Throwable lastError() {
		return this.failed.lastError();
	}

	/**
	 * Return the location of the answer that the call ended with.
	 * @return the role of the location
	 */
	public LocationRole servedBy() {
		return Objects.requireNonNull(this.servedBy).role();
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
		}
		if (this.cancelled || this.lostBody != null) {
			end(now);
			return;
		}
		this.attempts++;
		AttemptInFlight attempt = this.agenda.add(location, now);
		this.scope.events().sent(location.role(), attempts());
		if (this.cancelled) {
			giveUp(now);
			return;
		}
		this.agenda.start(new Step.Start(attempt.number(), attempts(), location, this.route,
				this.progress.beginAttempt(location.role())));
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

	/**
	 * Return whether it is worth waiting longer for a location: no other one follows, or
	 * this one is well and none that follows is.
	 */
	private boolean isPatientWith(Location location) {
		Router router = services().router();
		return !this.walk.hasNext() || (router.isWell(location) && !this.walk.anyLeft(router::isWell));
	}

	/**
	 * Return what tells whether waiting for a location any longer is pointless: it has
	 * fallen silent since, a location that is well follows, and the body can be sent
	 * again.
	 */
	private BooleanSupplier waitingInVain(Location location, long started) {
		List<Location> left = this.walk.left();
		if (left.isEmpty()) {
			return NEVER;
		}
		Router router = services().router();
		return () -> router.isSilentSince(location, started) && left.stream().anyMatch(router::isWell)
				&& this.kind.notReplayableReason() == null;
	}

	private void answered(AttemptInFlight landed, @Nullable Object answer, long now) {
		Inquiry asked = this.questions.take();
		Throwable error = (asked != null) ? asked.errorAfter(answer) : null;
		if (error != null && asked != null && asked.isPreliminary()) {
			judge(landed, error, false, now);
		}
		else if (error != null) {
			failed(landed, error, now);
		}
		else {
			succeeded(landed, (asked != null) ? asked.resultOf(answer) : answer, now);
		}
	}

	private void succeeded(AttemptInFlight landed, @Nullable Object result, long now) {
		Object answer;
		try {
			answer = services().router().translateAnswer(request(), landed.location(), result);
			if (this.guard != null && !this.kind.hasAnswer()) {
				this.guard.require(landed.location(), this.kind.responseOf(answer));
			}
		}
		catch (RuntimeException ex) {
			if (!asks(landed, ex, now)) {
				failed(landed, ex, now);
			}
			else if (this.guard != null && this.guard.isRefusal(ex)) {
				// What was copied is there, though of an old state.
				services().router().possiblyWritten(request(), landed.location(), landed.started(), now);
			}
			return;
		}
		land(landed);
		services().router().written(request(), landed.location(), this.kind.responseOf(answer), landed.started(), now);
		if (!this.kind.wasResumed()) {
			this.health.succeeded(landed, now);
		}
		this.health.served();
		services().rounds().budget().succeeded(this.walk.rounds() - 1);
		serve(landed.location(), answer, now);
	}

	private void land(AttemptInFlight landed) {
		this.agenda.land(landed);
		Hedge hedge = landed.hedge();
		if (hedge != null) {
			hedge.end();
			this.scope.events().hedged(landed.first().role(), hedge);
		}
	}

	/**
	 * Continue after the error of an attempt.
	 * @param again whether the same was asked again in another way
	 */
	private void judge(AttemptInFlight failing, Throwable error, boolean again, long now) {
		Throwable worth = worth(failing, error, again);
		if (!asks(failing, worth, now)) {
			failed(failing, worth, now);
		}
	}

	private boolean asks(AttemptInFlight attempt, Throwable error, long now) {
		return mayAsk(attempt, now) && this.questions.ask(attempt, error, this.failed.mayHaveTakenEffect(), now);
	}

	private boolean mayAsk(AttemptInFlight attempt, long now) {
		return attempt.isSent() && !attempt.wasAsked() && attempt.location() == attempt.first() && !this.cancelled
				&& !this.scope.deadline().isOver(now);
	}

	/**
	 * Return what the caller gets in place of an error: the same error, or a refusal.
	 */
	private Throwable worth(AttemptInFlight attempt, Throwable error, boolean again) {
		return (this.guard != null) ? this.guard.judge(attempt.location(), error, services().classify(error), again)
				: error;
	}

	private void failed(AttemptInFlight landed, Throwable error, long now) {
		land(landed);
		FailureJudge judge = new FailureJudge(this.scope, this.kind);
		Failure failure = (this.guard != null && this.guard.isRefusal(error))
				? this.guard.failure(landed.location(), landed.isSent())
				: judge.judge(landed, this.route, error, this.attempts == 1, now);
		if (this.failed.mayHaveTakenEffect()) {
			failure = judge.afterPossibleEffect(failure, error);
		}
		if (failure.effect() == Effect.UNKNOWN) {
			services().router().possiblyWritten(request(), landed.location(), landed.started(), now);
		}
		FailedAttempt attempt = new FailedAttempt(landed.location().role(), landed.duration(now),
				this.cancelled ? judge.afterCancel(failure, error) : failure);
		this.failed.add(attempt, error);
		reroute();
		this.health.failed(attempt, landed.started(), error);
		if (!this.kind.wasResumed()) {
			this.scope.events().received(attempt, error);
		}
		boolean asksAgain = this.guard != null && this.guard.isRefusal(error) && this.guard.asksWriterAgain();
		if (this.cancelled || !(failure.canFailOver() || asksAgain)) {
			end(now);
		}
		else {
			moveOn(landed.first(), failure, judge.maySucceedLater(failure), now);
		}
	}

	private void moveOn(Location from, Failure failure, boolean mayPass, long now) {
		if (this.guard != null) {
			this.guard.failed(failure);
		}
		boolean refused = this.guard != null && this.guard.hasAskedAgain();
		boolean onRoute = this.route.locations().contains(from);
		// If one part got no connection, another one may.
		if (onRoute && isOfImpatience(failure) && this.scope.events().whole() && services().router().isWell(from)) {
			this.walk.comeBackTo(from);
		}
		boolean again = mayPass && onRoute && !refused;
		this.walk.failed(from, again, failure.kind() == FailureKind.THROTTLED);
		if (this.walk.hasNext()) {
			goOn(now);
		}
		else {
			goRoundAgain(now);
		}
	}

	/**
	 * Return whether a location was left only because another one follows: it had no free
	 * connection, or was given up.
	 */
	private static boolean isOfImpatience(Failure failure) {
		return !failure.countsAgainstLocation()
				&& (failure.kind() == FailureKind.CONNECTION || failure.kind() == FailureKind.ABANDONED);
	}

	/**
	 * Follow the route as it is now: a location that was drained during an attempt gets
	 * no further one; one that was undrained may.
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
			this.agenda.waitUntil(now + wait.toNanos());
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
	 * End a call with nothing in flight, because the caller gave up.
	 */
	private void giveUp(long now) {
		this.agenda.clear();
		Failure failure = Failure.ofCaller(FailureKind.CANCELLED, Effect.NOT_SENT);
		this.failed.add(new FailedAttempt(this.walk.current().role(), Duration.ZERO, failure),
				AbortedException.create("Interrupted between two rounds"));
		end(now);
	}

	/**
	 * End the call with the decisive error, or with a partial result if there is one.
	 */
	private void end(long now) {
		this.health.failedEverywhere();
		Object partial = (this.failed.last().failure().kind() != FailureKind.CANCELLED) ? this.kind.partialResult()
				: null;
		if (partial != null) {
			serve(this.walk.current(), partial, now);
		}
		else {
			this.agenda.end(new Step.End(null, this.failed.decisiveError()));
			this.ending.fail(this.failed, limit(now), now);
		}
	}

	private void serve(Location location, @Nullable Object result, long now) {
		this.servedBy = this.kind.answeredBy(location);
		this.agenda.end(new Step.End(result, null));
		this.ending.serve(this.servedBy, result, this.mayLack, now);
	}

	/**
	 * Return why the call ended before its route did.
	 */
	private @Nullable String limit(long now) {
		String over = this.scope.deadline().reason(now);
		if (over != null) {
			return over;
		}
		return (this.lostBody != null) ? "the body can't be sent again: " + this.lostBody : this.route.limit();
	}

	/**
	 * End the call with an error of the application's own code, such as a listener's.
	 */
	private void abandon(Throwable error, long now) {
		this.agenda.end(new Step.End(null, error));
		Failure failure = Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		this.failed.add(new FailedAttempt(this.walk.current().role(), Duration.ZERO, failure), error);
		this.ending.abandon(this.failed, now);
	}

	private S3Request request() {
		return this.scope.call().request();
	}

	private CallServices services() {
		return this.scope.services();
	}

}
