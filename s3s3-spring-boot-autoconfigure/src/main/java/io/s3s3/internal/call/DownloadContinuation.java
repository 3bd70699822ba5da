package io.s3s3.internal.call;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.internal.call.RangeInvocation.Answer;
import io.s3s3.internal.download.DownloadResumer;
import io.s3s3.internal.download.ObjectRange;
import io.s3s3.internal.download.ResumePoint;
import io.s3s3.internal.route.Route;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Goes on with a download where the answer of a location broke: the call is taken up
 * again as if its attempt at that location had failed, first at the other location, then
 * at the same. Thread-safe.
 */
final class DownloadContinuation implements DownloadResumer {

	private final FailoverEngine engine;

	private final S3Call call;

	private final RequestListener listener;

	private final Route plan;

	private final Deadline deadline;

	private final Location location;

	private final int attempt;

	private final long started = System.nanoTime();

	/** Where the last answer came from; shared by all answers of the download. */
	private final AtomicReference<Location> lastServed;

	/** Written by who reads the download. */
	private volatile boolean used;

	DownloadContinuation(FailoverEngine engine, S3Call call, RequestListener listener, Route plan, Deadline deadline,
			Location location, int attempt) {
		this(engine, call, listener, plan, deadline, location, attempt, new AtomicReference<>(location));
	}

	private DownloadContinuation(FailoverEngine engine, S3Call call, RequestListener listener, Route plan,
			Deadline deadline, Location location, int attempt, AtomicReference<Location> lastServed) {
		this.engine = engine;
		this.call = call;
		this.listener = listener;
		this.plan = plan;
		this.deadline = deadline;
		this.location = location;
		this.attempt = attempt;
		this.lastServed = lastServed;
	}

	@Override
	public void begin() {
		this.used = false;
		this.lastServed.set(this.location);
	}

	@Override
	public @Nullable ResumedBody resume(ResumePoint broken) throws IOException {
		Failure found = this.engine.classify(broken.cause());
		Failure failure = broken.keptWaiting() ? found.uncounted() : found;
		if (!failure.canFailOver() || Thread.currentThread().isInterrupted()) {
			return null;
		}
		this.used = true;
		FailedAttempt failed = new FailedAttempt(this.location.role(),
				Duration.ofNanos(System.nanoTime() - this.started), failure);
		if (this.listener.wants(ErrorReceived.class)) {
			this.listener.onRequestEvent(new ErrorReceived(this.call, failed, broken.cause()));
		}
		RangeInvocation rest = new RangeInvocation(broken.object(), broken.position(), broken.verifiable());
		OperationCall continued = OperationCall.continuing(this.engine, this.call, rest,
				new UnfinishedCallListener(this.listener), this.engine.routeAgain(this.plan), this.deadline,
				new BrokenAnswer(this.location, this.attempt, this.started, failed, broken.cause()));
		Answer answer = answerTo(rest, continued);
		if (this.listener.wants(DownloadResumed.class)) {
			this.listener.onRequestEvent(new DownloadResumed(this.call, this.location.role(), answer.location().role(),
					broken.position(), broken.object().length()));
		}
		return restOf(broken.object(), answer, continued.attempts());
	}

	// Whether the answer of the location broke.
	boolean isUsed() {
		return this.used;
	}

	// The location that brought the last of the rest.
	Location lastServed() {
		return Objects.requireNonNull(this.lastServed.get());
	}

	@Override
	public ResumedBody open(ObjectRange part, boolean verifiable) throws IOException {
		RangeInvocation rest = new RangeInvocation(part, 0, verifiable);
		OperationCall request = OperationCall.within(this.engine, this.call, rest,
				new UnfinishedCallListener(this.listener), planFrom(lastServed()), this.deadline, this.attempt);
		return restOf(part, answerTo(rest, request), request.attempts());
	}

	private Answer answerTo(RangeInvocation rest, OperationCall request) throws IOException {
		try {
			return (Answer) Objects.requireNonNull(this.engine.run(request));
		}
		catch (AbortedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw rest.impossible(ex);
		}
	}

	private ResumedBody restOf(ObjectRange object, Answer answer, int attempts) {
		this.lastServed.set(answer.location());
		DownloadResumer next = new DownloadContinuation(this.engine, this.call, this.listener, this.plan, this.deadline,
				answer.location(), attempts, this.lastServed);
		return new ResumedBody(object.completedBy(answer.response()), answer.firstByte(), answer.stream(), next,
				answer.progress());
	}

	// The route as things stand now, beginning with a location that is still on it.
	private Route planFrom(Location location) {
		Route now = this.engine.routeAgain(this.plan);
		return now.locations().contains(location) ? now.startingAt(location) : now;
	}

}
