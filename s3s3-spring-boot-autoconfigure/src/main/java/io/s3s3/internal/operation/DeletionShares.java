package io.s3s3.internal.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.s3s3.event.S3Call;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.CallScope;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * A batch deletion whose objects have different routes: while calls return home step by
 * step, each object goes where its key does, and a version stays at its location while a
 * mere key may fail over. Each share is a call of its own along its route; for listeners
 * and callers it is one call with one answer. Not thread-safe; one per call.
 */
public final class DeletionShares {

	private final CallScope scope;

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> errors = new ArrayList<>();

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable LocationRole answeredBy;

	private @Nullable FailedAttempt lastFailure;

	private @Nullable Throwable lastError;

	private int attempts;

	/**
	 * Create the shares of a call, to be merged.
	 * @param scope the scope of the call
	 */
	public DeletionShares(CallScope scope) {
		this.scope = scope;
	}

	/**
	 * Return which objects go along which route.
	 * @param router decides the routes
	 * @param call the call
	 * @return the objects by route, at least one
	 */
	public static Map<Route, List<ObjectIdentifier>> of(Router router, S3Call call) {
		DeleteObjectsRequest request = (DeleteObjectsRequest) call.request();
		Map<Route, List<ObjectIdentifier>> shares = new LinkedHashMap<>();
		if (request.delete() == null || request.delete().objects().isEmpty()) {
			shares.put(router.route(call.operation(), request), List.of());
			return shares;
		}
		for (ObjectIdentifier object : request.delete().objects()) {
			DeleteObjectsRequest single = request.copy((copy) -> copy.delete((delete) -> delete.objects(object)));
			shares.computeIfAbsent(router.route(call.operation(), single), (route) -> new ArrayList<>()).add(object);
		}
		return shares;
	}

	/**
	 * Return how many attempts the shares have made so far.
	 * @return the number
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * Add the answer to a share.
	 * @param response the answer
	 * @param part the execution of the share
	 */
	public void add(DeleteObjectsResponse response, CallExecution part) {
		this.attempts = part.attempts();
		this.deleted.addAll(response.deleted());
		this.errors.addAll(response.errors());
		this.answer = response;
		this.answeredBy = part.servedBy();
	}

	/**
	 * Add the failure of a share.
	 * @param objects the objects of the share
	 * @param error the error
	 * @param part the execution of the share
	 * @return whether the next share may be tried
	 */
	public boolean failed(List<ObjectIdentifier> objects, Throwable error, CallExecution part) {
		this.attempts = part.attempts();
		FailedAttempt failure = part.decisiveFailure();
		boolean ends = error instanceof Error || failure.failure().kind() == FailureKind.CANCELLED;
		if (ends || this.lastFailure == null || this.lastFailure.failure().effect() != Effect.UNKNOWN) {
			this.lastFailure = failure;
			this.lastError = error;
		}
		if (ends) {
			this.answer = null;
			return false;
		}
		objects.forEach((object) -> this.errors.add(DeletionAnswer.errorOf(object, error)));
		return true;
	}

	/**
	 * End the call.
	 * @param now the time
	 * @return the answer to all shares, or {@code null} if the call failed
	 */
	public @Nullable DeleteObjectsResponse end(long now) {
		DeleteObjectsResponse last = this.answer;
		if (last == null) {
			this.scope.failed(Objects.requireNonNull(this.lastFailure), error(), now);
			return null;
		}
		DeleteObjectsResponse whole = last.toBuilder().deleted(this.deleted).errors(this.errors).build();
		this.scope.succeeded(Objects.requireNonNull(this.answeredBy), whole, now);
		return whole;
	}

	/**
	 * Return the error that the call failed with.
	 * @return the error of the last failed share, preferably one that may have taken
	 * effect
	 */
	public Throwable error() {
		return Objects.requireNonNull(this.lastError);
	}

}
