package io.s3s3.internal.call;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Ends a call: lets everybody know who waits for its end.
 *
 * @param scope the scope of the call
 * @param kind the kind of the call
 */
record CallEnding(CallScope scope, CallKind kind) {

	/**
	 * End a call that was served.
	 * @param location where the answer came from
	 * @param result what the call returns
	 * @param now the time
	 */
	Step.End serve(Location location, @Nullable Object result, long now) {
		if (this.kind.outlivesCall()) {
			this.scope.deadline().lift();
		}
		S3Response response = this.kind.responseOf(result);
		this.scope.services().router().answered(location, this.scope.call().request(), response);
		this.scope.services().uploads().answered(location.role());
		if (!this.kind.wasResumed()) {
			this.scope.events().received(location.role(), response);
		}
		this.scope.events().succeeded(location.role(), response);
		complete(location.role(), null, now);
		return new Step.End(result, null);
	}

	/**
	 * End a call that failed.
	 * @param failed its attempts
	 * @param limit why no other attempt was made, {@code null} if there is no reason but
	 * that all have failed
	 * @param now the time
	 */
	Step.End fail(FailedAttempts failed, @Nullable String limit, long now) {
		failed.trace(this.scope.call().operation(), limit);
		FailedAttempt decisive = failed.decisive();
		this.scope.events().failed(decisive, failed.decisiveError());
		complete(decisive.location(), decisive.failure(), now);
		return new Step.End(null, failed.decisiveError());
	}

	private void complete(LocationRole location, @Nullable Failure failure, long now) {
		this.scope.events().spooled(this.kind.spooled());
		this.scope.events().completed(location, this.scope.deadline().elapsed(now), failure);
	}

}
