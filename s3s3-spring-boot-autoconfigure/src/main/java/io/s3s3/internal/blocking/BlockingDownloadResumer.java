package io.s3s3.internal.blocking;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.internal.blocking.RangeInvocation.Answer;
import io.s3s3.internal.call.BrokenAnswer;
import io.s3s3.internal.call.CallEvents;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.download.BodySegment;
import io.s3s3.internal.download.DownloadResumer;
import io.s3s3.internal.download.ObjectRange;
import io.s3s3.internal.download.ResumePoint;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.operation.RestOfDownload;
import io.s3s3.internal.route.Route;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Continues a download where the answer of a location broke: the call resumes as if its
 * attempt at that location had failed, first at the other location, then at the same one.
 * Thread-safe.
 */
final class BlockingDownloadResumer implements DownloadResumer {

	private final BlockingCall call;

	private final Route route;

	/** Where the answer came from; written before the answer is passed on. */
	private volatile Location location;

	private final int attempt;

	private final long started = System.nanoTime();

	/** Shared by all answers of the download. */
	private final Served served;

	/** The attempt that began the download, if this is its answer. */
	private @Nullable AttemptContext first;

	/** Written by whoever reads the download. */
	private volatile boolean used;

	BlockingDownloadResumer(AttemptContext attempt) {
		this(attempt.call(), attempt.start().route(), attempt.location(), attempt.start().attempt(),
				new Served(attempt.location()));
		this.first = attempt;
	}

	private BlockingDownloadResumer(BlockingCall call, Route route, Location location, int attempt, Served served) {
		this.call = call;
		this.route = route;
		this.location = location;
		this.attempt = attempt;
		this.served = served;
	}

	@Override
	public void begin(@Nullable S3Response response) {
		try {
			Location answered = (this.first != null)
					? this.first.execution().begun(this.first.start().number(), response) : null;
			this.location = (answered != null) ? answered : this.location;
		}
		catch (RuntimeException ex) {
			throw CarriedThrowable.carryAlways(ex);
		}
		this.used = false;
		this.served.begin(this.location);
	}

	@Override
	public @Nullable BodySegment resume(ResumePoint broken) throws IOException {
		Failure found = this.call.services().classify(broken.cause());
		Failure failure = broken.keptWaiting() ? found.uncounted() : found;
		if (!failure.canFailOver() || Thread.currentThread().isInterrupted()) {
			return null;
		}
		this.used = true;
		FailedAttempt failed = new FailedAttempt(this.location.role(),
				Duration.ofNanos(System.nanoTime() - this.started), failure);
		CallEvents events = this.call.scope().events();
		events.received(failed, broken.cause());
		RangeInvocation rest = new RangeInvocation(new RestOfDownload(broken));
		CallExecution continued = CallExecution.continuing(this.call.scope(), rest,
				this.call.router().routeAgain(this.route),
				new BrokenAnswer(this.location, this.attempt, this.started, failed, broken.cause()));
		Answer answer = answerTo(rest, continued);
		events.resumed(this.location.role(), answer.location().role(), broken.position(), broken.object().length());
		this.served.join();
		return bodyOf(broken.object(), answer, continued.attempts());
	}

	/**
	 * Return whether the answer of the location broke.
	 */
	boolean isUsed() {
		return this.used;
	}

	/**
	 * Return the location that served the last bytes.
	 */
	Location lastServed() {
		return this.served.last();
	}

	@Override
	public boolean hasJoined() {
		return this.served.hasJoined();
	}

	@Override
	public BodySegment open(ObjectRange part, boolean versionSuffices) throws IOException {
		RangeInvocation rest = new RangeInvocation(new RestOfDownload(part, 0, versionSuffices));
		CallExecution request = new CallExecution(this.call.scope().part(this.attempt), rest, routeFrom(lastServed()));
		return bodyOf(part, answerTo(rest, request), request.attempts());
	}

	private Answer answerTo(RangeInvocation rest, CallExecution request) throws IOException {
		try {
			return (Answer) Objects.requireNonNull(this.call.run(rest, request));
		}
		catch (AbortedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw rest.impossible(ex);
		}
	}

	private BodySegment bodyOf(ObjectRange object, Answer answer, int attempts) {
		this.served.by(answer.location());
		DownloadResumer next = new BlockingDownloadResumer(this.call, this.route, answer.location(), attempts,
				this.served);
		return new BodySegment(object.completedBy(answer.response()), answer.firstByte(), answer.stream(), next,
				answer.progress());
	}

	/**
	 * Return the route as things stand now, beginning with a location that is still on
	 * it.
	 */
	private Route routeFrom(Location location) {
		Route now = this.call.router().routeAgain(this.route);
		return now.locations().contains(location) ? now.startingAt(location) : now;
	}

}
