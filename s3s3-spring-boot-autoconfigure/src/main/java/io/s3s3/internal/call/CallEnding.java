package io.s3s3.internal.call;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Notifies everybody of the end of a call, once. Not thread-safe.
 */
final class CallEnding {

	private final CallScope scope;

	private final CallKind kind;

	private boolean told;

	CallEnding(CallScope scope, CallKind kind) {
		this.scope = scope;
		this.kind = kind;
	}

	/**
	 * Report that the call was served.
	 * @param location where the answer came from
	 * @param result what the call returns
	 * @param mayLack whether it is a page that may lack writes of this process
	 * @param now the time
	 */
	void serve(Location location, @Nullable Object result, boolean mayLack, long now) {
		if (this.kind.outlivesCall()) {
			this.scope.deadline().lift();
		}
		S3Response response = this.kind.responseOf(result);
		this.scope.services().router().answered(location, this.scope.call().request(), response);
		this.scope.services().uploads().answered(location.role());
		if (mayLack || this.scope.services().router().mayShowOld(response, location)) {
			this.scope.events().readUnproven(location.role());
		}
		if (!this.kind.wasResumed()) {
			this.scope.events().received(location.role(), response);
		}
		this.told = true;
		this.scope.succeeded(location.role(), response, now);
	}

	/**
	 * Report that the call failed.
	 * @param failed its attempts
	 * @param limit why no other attempt was made, or {@code null} if simply all have
	 * failed
	 * @param now the time
	 */
	void fail(FailedAttempts failed, @Nullable String limit, long now) {
		failed.trace(this.scope.call().operation(), limit);
		this.told = true;
		this.scope.failed(failed.decisive(), failed.decisiveError(), now);
	}

	/**
	 * Report that the call ends with an error of the application's own code. Another such
	 * error in a listener does not hide it.
	 * @param failed its attempts, the last of which stands for the error
	 * @param now the time
	 */
	void abandon(FailedAttempts failed, long now) {
		if (this.told) {
			return;
		}
		this.told = true;
		try {
			this.scope.failed(failed.last(), failed.lastError(), now);
		}
		catch (Throwable ex) {
			failed.lastError().addSuppressed(ex);
		}
	}

}
