package io.s3s3.internal.call;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides what the error of an attempt means for its call: what the classifier says,
 * corrected by what only the call knows.
 *
 * @param scope the scope of the call
 * @param kind the kind of the call
 */
record FailureJudge(CallScope scope, CallKind kind) {

	/**
	 * Judge an attempt.
	 * @param attempt the attempt
	 * @param route where the call could go
	 * @param found what the classifier says
	 * @param error the error
	 * @param cutShort whether the attempt had only the rest of the call's time
	 * @return what the error means
	 */
	Failure judge(AttemptInFlight attempt, Route route, Failure found, Throwable error, boolean cutShort) {
		Failure failure = Disclaimer.recognize(route, this.kind.refine(found, error), error);
		if (this.kind.failedAtCaller() && failure.kind() != FailureKind.CANCELLED) {
			failure = Failure.ofCaller(FailureKind.CALLER, Effect.UNKNOWN);
		}
		if (!attempt.isSent()) {
			failure = failure.uncounted().withEffect(Effect.NOT_SENT);
		}
		boolean ofCall = cutShort || this.kind.wasResumed() || isOfRequest(failure, error);
		return ofCall ? failure.uncounted() : failure;
	}

	/**
	 * Return whether the credentials or the time limit that the attempt failed by are the
	 * request's own.
	 */
	private boolean isOfRequest(Failure failure, Throwable error) {
		S3Request request = this.scope.call().request();
		return request.overrideConfiguration().filter((own) -> {
			boolean credentials = failure.kind() == FailureKind.CREDENTIALS && own.credentialsProvider().isPresent();
			boolean call = error instanceof ApiCallTimeoutException && own.apiCallTimeout().isPresent();
			boolean attempt = error instanceof ApiCallAttemptTimeoutException
					&& own.apiCallAttemptTimeout().isPresent();
			return credentials || call || attempt;
		}).isPresent();
	}

}
