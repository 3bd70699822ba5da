package io.s3s3.internal.call;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.internal.upload.SentBody;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * What is special about one kind of call, as far as a {@link CallExecution} must know it.
 * The defaults are those of a request without a body. Not thread-safe; one per call.
 */
public abstract class CallKind {

	/**
	 * Return the response behind the result of an attempt.
	 * @param result the result
	 * @return the response, or {@code null} if there is none
	 */
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return (S3Response) result;
	}

	/**
	 * Return which way the bytes of the body go.
	 * @return the direction
	 */
	public Direction direction() {
		return Direction.UPLOAD;
	}

	/**
	 * Return the body that the call sends.
	 * @return the body, or {@code null} if it has none
	 */
	public @Nullable SentBody body() {
		return null;
	}

	/**
	 * Return why the body cannot be sent again.
	 * @return the reason, or {@code null} if it can
	 */
	public @Nullable String notReplayableReason() {
		SentBody body = body();
		return (body != null) ? body.notReplayableReason() : null;
	}

	/**
	 * Send another body from the next attempt on.
	 * @param body the body
	 * @throws IllegalStateException if the call has none
	 */
	public void replaceBody(RequestBody body) {
		SentBody replaced = body();
		if (replaced == null) {
			throw new IllegalStateException("The call has no body to send");
		}
		replaced.replaceWith(body);
	}

	/**
	 * Return what to ask the location of the last attempt before its error counts.
	 * @param error the error
	 * @return a request as the location understands it, or {@code null} to ask nothing
	 */
	public @Nullable S3Request question(Throwable error) {
		return null;
	}

	/**
	 * Return what a failure of the last attempt means for this kind of call.
	 * @param failure what the failure means otherwise
	 * @param error the error
	 * @return the failure
	 */
	public Failure refine(Failure failure, Throwable error) {
		return failure;
	}

	/**
	 * Return whether the last attempt failed because of the caller's own body or
	 * transformer, which no location can help.
	 * @return whether it did
	 */
	public boolean failedAtCaller() {
		SentBody body = body();
		return body != null && body.callerFailure() != null;
	}

	/**
	 * Return whether the last attempt tried to begin a multipart upload and got no id.
	 * @return whether an upload may have been left behind
	 */
	public boolean asksForUpload() {
		return false;
	}

	/**
	 * Return whether the location had begun to answer the last attempt.
	 * @return whether it had
	 */
	public boolean hasAnswer() {
		return false;
	}

	/**
	 * Return whether the answer of the last attempt broke and was continued elsewhere, so
	 * that health and listeners know of it already.
	 * @return whether it did
	 */
	public boolean wasResumed() {
		return false;
	}

	/**
	 * Return where the answer came from.
	 * @param location the location of the last attempt
	 * @return the location that served the last of the answer
	 */
	public Location answeredBy(Location location) {
		return location;
	}

	/**
	 * Return whether it is worthwhile to repeat all of it at the same location.
	 * @param failure how the last attempt failed
	 * @return whether another round may ask the location again
	 */
	public boolean isWorthRepeating(Failure failure) {
		return true;
	}

	/**
	 * Return the partial result if no location did all of it.
	 * @return the result that the call returns, or {@code null} if it fails
	 */
	public @Nullable Object partialResult() {
		return null;
	}

	/**
	 * Return whether its result outlives the call, which then no longer has a deadline.
	 * @return whether it does
	 */
	public boolean outlivesCall() {
		return false;
	}

}
