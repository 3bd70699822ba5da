package io.s3s3.internal.multipart;

import java.util.concurrent.CompletableFuture;

import io.s3s3.failure.Failure;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * The passage of one call about an upload to the locations and back: where it may go, and
 * how its request and the answer are translated. Thread-safe.
 */
public abstract class UploadPassage {

	private volatile @Nullable String newlyBound;

	/**
	 * Return where the call may go.
	 * @param router decides where calls go
	 * @param operation the name of the operation, such as {@code UploadPart}
	 * @param request the caller's request
	 * @return the route
	 */
	public Route route(Router router, String operation, S3Request request) {
		return router.route(operation, request);
	}

	/**
	 * Visit a location with the call. If necessary, the upload is brought there first.
	 * @param location where the call goes
	 * @return completes with the visit, which must be closed, or with the reason why it
	 * is impossible
	 */
	public abstract CompletableFuture<Visit> visit(Location location);

	/**
	 * Return the answer that the caller got to the same request before.
	 * @return the answer, or {@code null} if there is none
	 */
	public @Nullable Answer earlierAnswer() {
		return null;
	}

	/**
	 * Return what the failure of an attempt means.
	 * @param failure what the failure means otherwise
	 * @param error the error of the attempt
	 * @return the failure
	 */
	public Failure refine(Failure failure, Throwable error) {
		return failure;
	}

	/**
	 * Return why the upload is bound to its location from this call on.
	 * @return the reason, or {@code null} if it is not bound, or was bound before
	 */
	public @Nullable String newlyBound() {
		return this.newlyBound;
	}

	void bound(String reason) {
		this.newlyBound = reason;
	}

	/**
	 * An answer of a location.
	 *
	 * @param location the location
	 * @param response what it answered
	 */
	public record Answer(Location location, S3Response response) {

	}

}
