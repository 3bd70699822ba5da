package io.s3s3.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.Location;
import io.s3s3.routing.RoutePlan;
import io.s3s3.routing.Router;
import io.s3s3.routing.WriteConditions;
import io.s3s3.transfer.SingleTry;
import io.s3s3.transfer.http.AttemptScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
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
	private RoutePlan plan;

	private int maxAttempts;

	/** Where the last attempt went. */
	private Location location;

	private final Deadline deadline;

	private final FailedAttempts failed = new FailedAttempts();

	private final BodyProgress progress;

	private int attempts;

	private boolean recovered;

	/** How many attempts went before those of this route. */
	private int attemptsBefore;

	/** Whether the call ends though its route does not: its body is lost. */
	private boolean bodyLost;

	private @Nullable DownloadContinuation continuation;

	private long attemptStarted;

	/** Whether the last attempt has come as far as its location. */
	private boolean sent;

	OperationCall(FailoverEngine engine, S3Call call, Invocation invocation, RequestListener listener, RoutePlan plan,
			Deadline deadline) {
		// A call that only one location may serve is not sent there twice by us.
		this(engine, call, invocation, listener, plan, deadline,
				(plan.locations().size() > 1) ? plan.locations().size() * engine.limits().maxRounds() : 1);
	}

	private OperationCall(FailoverEngine engine, S3Call call, Invocation invocation, RequestListener listener,
			RoutePlan plan, Deadline deadline, int maxAttempts) {
		this.engine = engine;
		this.call = call;
		this.invocation = invocation;
		this.listener = listener;
		this.events = new CallEvents(call, listener);
		this.progress = new BodyProgress(this.events, invocation.direction(), () -> this.location.role());
		this.plan = plan;
		this.location = plan.locations().get(0);
		this.maxAttempts = maxAttempts;
		this.deadline = deadline;
	}

	// Go on with a call whose answer broke though it had begun well. The location of that
	// answer is tried again when the others can't help, if it is still on the route.
	static OperationCall continuing(FailoverEngine engine, S3Call call, DownloadRest rest, RequestListener listener,
			RoutePlan plan, Deadline deadline, Location location, FailedAttempt broken, Throwable error, int attempts) {
		OperationCall continued = new OperationCall(engine, call, rest, listener, plan, deadline,
				plan.locations().size() * engine.limits().maxRounds() + 1);
		continued.location = location;
		continued.attempts = 1;
		continued.attemptsBefore = attempts - 1;
		continued.failed.add(broken, error);
		return continued;
	}

	// Ask for a part of a download that has begun: its attempts are numbered on from the
	// one that began it.
	static OperationCall within(FailoverEngine engine, S3Call call, DownloadRest part, RequestListener listener,
			RoutePlan plan, Deadline deadline, int attempts) {
		OperationCall request = new OperationCall(engine, call, part, listener, plan, deadline);
		request.attemptsBefore = attempts;
		return request;
	}

	int attempts() {
		return this.attemptsBefore + this.attempts;
	}

	boolean hasAlternative() {
		return this.plan.locations().size() > 1;
	}

	boolean mayTry() {
		return this.attempts == 0 || (this.attempts < this.maxAttempts && !this.bodyLost && !this.deadline.isOver()
				&& this.failed.last().failure().curableElsewhere() && !Thread.currentThread().isInterrupted());
	}

	boolean beginsRound() {
		return this.attempts % this.plan.locations().size() == 0;
	}

	@Override
	public @Nullable Object doWithRetry(RetryContext context) throws Exception {
		Location location = nextLocation();
		if (this.attempts > 0) {
			tellNextAttempt(location);
			requireBody();
		}
		this.attempts++;
		this.location = location;
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
			return this.invocation.invoke(location, requestInTime(request), this.progress.beginAttempt());
		}
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
		if (this.attempts >= this.maxAttempts) {
			return false;
		}
		Router router = this.engine.router();
		return !router.isWell(location) || this.plan.locations()
			.stream()
			.anyMatch((other) -> other.role() != location.role() && router.isWell(other));
	}

	private boolean isResumed() {
		return this.continuation != null && this.continuation.isUsed();
	}

	// One whose answer broke on the way has been told of already.
	private void reportSuccess(Location location) {
		if (!isResumed()) {
			this.engine.report(location.role(), this.attemptStarted, null);
		}
	}

	void succeeded(@Nullable Object result) {
		succeededAt((this.continuation != null && this.continuation.isUsed()) ? this.continuation.lastServed()
				: this.location, result);
	}

	// The call ends with the last error, unless it was done in part: then the answer
	// tells.
	@Nullable Object recover() throws Exception {
		Object partial = (this.failed.last().failure().kind() != FailureKind.CANCELLED)
				? this.invocation.partialResult() : null;
		if (partial != null) {
			this.recovered = true;
			succeededAt(this.invocation.answeredBy(), partial);
			return partial;
		}
		throw this.failed.lastException();
	}

	// Note an error. Whether another attempt follows is known from here on.
	void failed(Throwable error) {
		if (this.bodyLost) {
			return;
		}
		Failure found = this.engine.classify(error);
		if (this.sent && found.effect() == Effect.UNKNOWN && this.invocation.asksForUpload()) {
			leftBehind();
		}
		Failure failure = this.invocation.refine(found, error);
		if (this.invocation.failedAtCaller() && failure.kind() != FailureKind.CANCELLED) {
			failure = Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (!this.sent) {
			failure = failure.uncounted().withEffect(Effect.NOT_SENT);
		}
		// A download that went on was told of.
		boolean known = isResumed();
		note(error, (known || isOfCall(failure)) ? failure.uncounted() : failure);
		FailedAttempt attempt = this.failed.last();
		this.engine.report(attempt.location(), this.attemptStarted, attempt.failure());
		if (!known) {
			this.events.received(attempt, error);
		}
	}

	// What nobody can abort, for its id is not known, is at least told.
	private void leftBehind() {
		Instant time = Instant.now().minusNanos(System.nanoTime() - this.attemptStarted);
		UploadLeftBehind upload = new UploadLeftBehind(this.call, this.location.role(), this.location.bucket(),
				time.truncatedTo(ChronoUnit.MILLIS));
		this.failed.remark(upload.getDescription());
		logger.warn("No answer tells how it ended: {}. A lifecycle rule for incomplete uploads removes it",
				upload.getDescription());
		this.events.leftBehind(upload);
	}

	// Whether a failure says nothing of the location: the call ran out of time, of which
	// the location had only the rest, or had begun to answer; or the credentials are the
	// caller's own.
	private boolean isOfCall(Failure failure) {
		boolean cutShort = this.deadline.isOver() && (this.attempts > 1 || this.invocation.hasAnswer());
		return cutShort || (failure.kind() == FailureKind.CREDENTIALS && this.call.request()
			.overrideConfiguration()
			.flatMap(AwsRequestOverrideConfiguration::credentialsProvider)
			.isPresent());
	}

	// The caller gave up between two rounds.
	void interrupted() {
		note(AbortedException.create("Interrupted between two rounds"),
				Failure.ofCaller(FailureKind.CANCELLED, Effect.NOT_SENT));
	}

	private void note(Throwable error, Failure failure) {
		Duration duration = Duration.ofNanos(System.nanoTime() - this.attemptStarted);
		this.failed.add(new FailedAttempt(this.location.role(), duration, failure), error);
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
			throw this.failed.lastException();
		}
	}

	private void succeededAt(Location location, @Nullable Object result) {
		if (this.invocation instanceof Invocation.Download) {
			this.deadline.lift();
		}
		S3Response response = this.invocation.responseOf(result);
		this.engine.router().answered(location, this.call.request(), response);
		this.engine.abandonedUploads().answered(location.role());
		if (!isResumed()) {
			this.events.received(location.role(), response);
		}
		this.events.succeeded(location.role(), response);
		complete(location, null);
	}

	// The call ends with the last error: hang all that is known of the others on it.
	void fail() {
		if (this.recovered) {
			return;
		}
		this.failed.trace(this.call.operation(), limit());
		FailedAttempt attempt = this.failed.last();
		this.events.failed(attempt, this.failed.lastError());
		complete(this.location, attempt.failure());
	}

	private @Nullable String limit() {
		String over = this.deadline.limit();
		if (over != null) {
			return over;
		}
		return this.bodyLost ? "the body can't be sent again: " + this.invocation.loss() : this.plan.limit();
	}

	// As long as the call may wait.
	Duration atMost(Duration wait) {
		return this.deadline.atMost(wait);
	}

	Throwable lastError() {
		return this.failed.lastError();
	}

	private void complete(Location location, @Nullable Failure failure) {
		this.events.spooled(this.invocation.spooled());
		this.events.completed(location.role(), this.deadline.elapsed(), failure);
	}

	private Location nextLocation() {
		return (this.attempts > 0) ? this.plan.after(this.location) : this.location;
	}

	// A location that was drained while an attempt took its time gets no other one; one
	// that was undrained may.
	private void reroute() {
		RoutePlan now = this.engine.routeAgain(this.call, this.plan);
		if (!now.equals(this.plan)) {
			boolean elsewhere = now.locations().size() > 1 || !now.locations().contains(this.location);
			this.plan = now;
			this.maxAttempts = elsewhere ? Math.max(this.maxAttempts, this.attempts + 1) : this.attempts;
		}
	}

	@Override
	public String getLabel() {
		return this.call.toString();
	}

}
