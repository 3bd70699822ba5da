package io.s3s3.internal.async;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.internal.async.AsyncRange.Answer;
import io.s3s3.internal.call.BrokenAnswer;
import io.s3s3.internal.call.CallEvents;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.download.AsyncBodySegment;
import io.s3s3.internal.download.AsyncDownloadResumer;
import io.s3s3.internal.download.ResumePoint;
import io.s3s3.internal.io.CompletionErrors;
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
final class AsyncResumer implements AsyncDownloadResumer {

	private final AsyncCall call;

	private final Route route;

	/** Where the answer came from; written before the answer is passed on. */
	private volatile Location location;

	private final int attempt;

	private final long started = System.nanoTime();

	/** The attempt that began the download. */
	private final AsyncAttempt first;

	/** Shared by all answers of the download. */
	private final Progress progress;

	AsyncResumer(AsyncAttempt first) {
		this(first, first.location(), first.start().attempt(), new Progress(first.location()));
	}

	private AsyncResumer(AsyncAttempt first, Location location, int attempt, Progress progress) {
		this.first = first;
		this.call = first.call();
		this.route = first.start().route();
		this.location = location;
		this.attempt = attempt;
		this.progress = progress;
	}

	@Override
	public void begin(S3Response response, Consumer<@Nullable RuntimeException> handOn) {
		this.first.driver().begun(this.first.number(), response, (location, refusal) -> {
			if (location != null) {
				this.location = location;
				this.progress.last = location;
			}
			handOn.accept(refusal);
		});
	}

	@Override
	public CompletableFuture<@Nullable AsyncBodySegment> resume(ResumePoint broken, CompletableFuture<?> cancelled) {
		CompletableFuture<@Nullable AsyncBodySegment> rest = new CompletableFuture<>();
		this.call.context().run(() -> {
			try {
				resume(broken, cancelled, rest);
			}
			catch (Throwable ex) {
				rest.completeExceptionally(ex);
			}
		});
		return rest;
	}

	private void resume(ResumePoint broken, CompletableFuture<?> cancelled,
			CompletableFuture<@Nullable AsyncBodySegment> rest) {
		Failure found = this.call.services().classify(broken.cause());
		Failure failure = broken.keptWaiting() ? found.uncounted() : found;
		if (!failure.canFailOver()) {
			rest.complete(null);
			return;
		}
		this.progress.used = true;
		FailedAttempt failed = new FailedAttempt(this.location.role(),
				Duration.ofNanos(System.nanoTime() - this.started), failure);
		this.call.scope().events().received(failed, broken.cause());
		RestOfDownload wanted = new RestOfDownload(broken);
		AsyncRange range = new AsyncRange(wanted);
		CallExecution continued = CallExecution.continuing(this.call.scope(), range,
				this.call.router().routeAgain(this.route),
				new BrokenAnswer(this.location, this.attempt, this.started, failed, broken.cause()));
		this.call.run(range, continued, cancelled).whenComplete((answer, error) -> {
			if (error == null) {
				complete(rest, broken, (Answer) Objects.requireNonNull(answer), continued.attempts());
			}
			else {
				Throwable cause = CompletionErrors.causeOf(error);
				rest.completeExceptionally((cause instanceof AbortedException) ? cause : wanted.impossible(cause));
			}
		});
	}

	private void complete(CompletableFuture<@Nullable AsyncBodySegment> rest, ResumePoint broken, Answer answer,
			int attempts) {
		try {
			rest.complete(segment(broken, answer, attempts));
		}
		catch (Throwable ex) {
			answer.body().cancel();
			rest.completeExceptionally(ex);
		}
	}

	private AsyncBodySegment segment(ResumePoint broken, Answer answer, int attempts) {
		CallEvents events = this.call.scope().events();
		this.call.context()
			.run(() -> events.resumed(this.location.role(), answer.location().role(), broken.position(),
					broken.object().length()));
		this.progress.last = answer.location();
		return new AsyncBodySegment(broken.object().completedBy(answer.response()), answer.body(),
				new AsyncResumer(this.first, answer.location(), attempts, this.progress), answer.progress());
	}

	/**
	 * Return whether an answer broke.
	 */
	boolean isUsed() {
		return this.progress.used;
	}

	/**
	 * Return the location that served the last bytes.
	 */
	Location lastServed() {
		return this.progress.last;
	}

	/**
	 * The progress of all answers of a download. Written by one of them at a time.
	 */
	private static final class Progress {

		private volatile boolean used;

		private volatile Location last;

		Progress(Location first) {
			this.last = first;
		}

	}

}
