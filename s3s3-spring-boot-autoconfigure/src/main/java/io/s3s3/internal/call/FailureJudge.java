package io.s3s3.internal.call;

import java.util.concurrent.CancellationException;

import io.s3s3.event.UploadLeftBehind;
import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.WriteConditions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides what the error of an attempt means for its call: what the classifier says,
 * corrected by what only the call knows.
 *
 * @param scope the scope of the call
 * @param kind the kind of the call
 */
record FailureJudge(CallScope scope, CallKind kind) {

	private static final Logger logger = LoggerFactory.getLogger(FailureJudge.class);

	/**
	 * Judge an attempt.
	 * @param attempt the attempt
	 * @param route where the call could go
	 * @param error the error
	 * @param first whether it was the first attempt
	 * @param now the time
	 * @return what the error means
	 */
	Failure judge(AttemptInFlight attempt, Route route, Throwable error, boolean first, long now) {
		Failure found = this.scope.services().classify(error);
		if (attempt.isSent() && found.effect() == Effect.UNKNOWN && this.kind.asksForUpload()) {
			tellOfUploadLeftBehind(attempt, now);
		}
		Failure failure = Disclaimer.recognize(route, this.kind.refine(found, error), error);
		if (this.kind.failedAtCaller() && failure.kind() != FailureKind.CANCELLED) {
			failure = Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (!attempt.isSent()) {
			failure = failure.uncounted().withEffect(Effect.NOT_SENT);
		}
		boolean cutShort = this.scope.deadline().isOver(now) && (!first || this.kind.hasAnswer());
		return (cutShort || this.kind.wasResumed() || isOfRequest(failure, error)) ? failure.uncounted() : failure;
	}

	/**
	 * Return what an error means after an attempt that may have taken effect: that may be
	 * the reason why a condition fails.
	 * @param failure what the failure means otherwise
	 * @param error the error
	 */
	Failure afterPossibleEffect(Failure failure, Throwable error) {
		boolean denied = error instanceof S3Exception answer
				&& (answer.statusCode() == 412 || answer.statusCode() == 409);
		return (denied && WriteConditions.areIn(request())) ? failure.withEffect(Effect.UNKNOWN) : failure;
	}

	/**
	 * Return what an error means once the caller has given up: the error of a cancelled
	 * attempt says nothing about its location.
	 * @param failure what the failure means otherwise
	 * @param error the error
	 */
	Failure afterCancel(Failure failure, Throwable error) {
		return (error instanceof CancellationException) ? Failure.ofCaller(FailureKind.CANCELLED, failure.effect())
				: failure;
	}

	/**
	 * Return whether another round may ask the location again. A condition that an
	 * attempt may have changed itself must not be checked again.
	 * @param failure how it failed
	 * @return whether the failure may be transient and the call may be repeated
	 */
	boolean maySucceedLater(Failure failure) {
		boolean repeatable = failure.effect() != Effect.UNKNOWN || !WriteConditions.areIn(request());
		return repeatable && failure.kind().mayPass() && failure.countsAgainstLocation()
				&& this.kind.isWorthRepeating(failure);
	}

	/**
	 * Report an upload that nobody can abort because its id is not known.
	 */
	private void tellOfUploadLeftBehind(AttemptInFlight attempt, long now) {
		UploadLeftBehind upload = this.scope.events().uploadLeftBehind(attempt.location(), attempt.duration(now));
		this.scope.trace().remark(upload.getDescription());
		logger.warn("Its outcome is unknown: {}. A lifecycle rule for incomplete uploads removes it",
				upload.getDescription());
		this.scope.events().leftBehind(upload);
	}

	/**
	 * Return whether the attempt failed because of credentials or a time limit of the
	 * request itself.
	 */
	private boolean isOfRequest(Failure failure, Throwable error) {
		return request().overrideConfiguration().filter((own) -> {
			boolean credentials = failure.kind() == FailureKind.CREDENTIALS && own.credentialsProvider().isPresent();
			boolean call = error instanceof ApiCallTimeoutException && own.apiCallTimeout().isPresent();
			boolean attempt = error instanceof ApiCallAttemptTimeoutException
					&& own.apiCallAttemptTimeout().isPresent();
			return credentials || call || attempt;
		}).isPresent();
	}

	private S3Request request() {
		return this.scope.call().request();
	}

}
