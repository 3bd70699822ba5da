package io.s3s3.internal.blocking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.call.CallEvents;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.route.Route;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Carries out a batch deletion whose objects do not all go the same way: while calls come
 * back step by step, each goes where its key does, and a version stays where a key alone
 * may fail over. Each share is a call of its own along its route; for listeners and
 * callers it is one call with one answer. Not thread-safe; one a call.
 */
final class SplitDeletion {

	private final BlockingCall call;

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> errors = new ArrayList<>();

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable LocationRole answeredBy;

	private int attempts;

	SplitDeletion(BlockingCall call) {
		this.call = call;
	}

	/**
	 * Return which objects go along which route.
	 */
	static Map<Route, List<ObjectIdentifier>> shares(BlockingCall call) {
		DeleteObjectsRequest request = (DeleteObjectsRequest) call.call().request();
		String operation = call.call().operation();
		Map<Route, List<ObjectIdentifier>> shares = new LinkedHashMap<>();
		if (request.delete() == null || request.delete().objects().isEmpty()) {
			shares.put(call.router().route(operation, request), List.of());
			return shares;
		}
		for (ObjectIdentifier object : request.delete().objects()) {
			DeleteObjectsRequest single = request.copy((copy) -> copy.delete((delete) -> delete.objects(object)));
			shares.computeIfAbsent(call.router().route(operation, single), (route) -> new ArrayList<>()).add(object);
		}
		return shares;
	}

	DeleteObjectsResponse run(Map<Route, List<ObjectIdentifier>> shares, BatchDeletion deletion) throws Exception {
		CallExecution last = null;
		Throwable error = null;
		for (Map.Entry<Route, List<ObjectIdentifier>> share : shares.entrySet()) {
			BatchDeletion batch = deletion.share(share.getValue(), this.call.services()::classify);
			CallExecution part = this.call.part(batch, share.getKey(), this.attempts);
			try {
				add((DeleteObjectsResponse) Objects.requireNonNull(this.call.run(batch, part)), part.servedBy());
			}
			catch (Exception | Error ex) {
				last = part;
				error = ex;
				if (ex instanceof Error || part.decisiveFailure().failure().kind() == FailureKind.CANCELLED) {
					this.answer = null;
					break;
				}
				share.getValue().forEach((object) -> this.errors.add(DeletionAnswer.errorOf(object, ex)));
			}
			this.attempts = part.attempts();
		}
		DeleteObjectsResponse whole = merged();
		return (whole != null) ? succeed(whole)
				: fail(Objects.requireNonNull(last).decisiveFailure(), Objects.requireNonNull(error));
	}

	private DeleteObjectsResponse succeed(DeleteObjectsResponse whole) {
		CallEvents events = this.call.scope().events();
		LocationRole location = Objects.requireNonNull(this.answeredBy);
		events.succeeded(location, whole);
		events.completed(location, this.call.elapsed(), null);
		return whole;
	}

	private DeleteObjectsResponse fail(FailedAttempt failure, Throwable error) throws Exception {
		CallEvents events = this.call.scope().events();
		events.failed(failure, error);
		events.completed(failure.location(), this.call.elapsed(), failure.failure());
		if (error instanceof Error fatal) {
			throw fatal;
		}
		throw (Exception) error;
	}

	private void add(DeleteObjectsResponse response, LocationRole location) {
		this.deleted.addAll(response.deleted());
		this.errors.addAll(response.errors());
		this.answer = response;
		this.answeredBy = location;
	}

	private @Nullable DeleteObjectsResponse merged() {
		DeleteObjectsResponse last = this.answer;
		return (last != null) ? last.toBuilder().deleted(this.deleted).errors(this.errors).build() : null;
	}

}
