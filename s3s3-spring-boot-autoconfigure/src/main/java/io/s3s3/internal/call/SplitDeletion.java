package io.s3s3.internal.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

// Carries out a batch deletion whose objects do not all go the same way: while calls
// come back step by step, each goes where its key does, and a version stays where a key
// alone may fail over. Each share is a call of its own along its route; for listeners
// and callers it is one call with one answer. Not thread-safe: one for each call.
final class SplitDeletion {

	private final FailoverEngine engine;

	private final S3Call call;

	private final DeleteObjectsRequest request;

	private final RequestListener listener;

	private final Deadline deadline;

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> errors = new ArrayList<>();

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable LocationRole answeredBy;

	private int attempts;

	SplitDeletion(FailoverEngine engine, S3Call call, RequestListener listener, Deadline deadline) {
		this.engine = engine;
		this.call = call;
		this.request = (DeleteObjectsRequest) call.request();
		this.listener = listener;
		this.deadline = deadline;
	}

	// Return which objects go along which route.
	static Map<Route, List<ObjectIdentifier>> shares(FailoverEngine engine, String operation,
			DeleteObjectsRequest request) {
		Map<Route, List<ObjectIdentifier>> shares = new LinkedHashMap<>();
		if (request.delete() == null || request.delete().objects().isEmpty()) {
			shares.put(engine.route(operation, request), List.of());
			return shares;
		}
		for (ObjectIdentifier object : request.delete().objects()) {
			DeleteObjectsRequest single = request.copy((copy) -> copy.delete((delete) -> delete.objects(object)));
			shares.computeIfAbsent(engine.route(operation, single), (plan) -> new ArrayList<>()).add(object);
		}
		return shares;
	}

	DeleteObjectsResponse run(Map<Route, List<ObjectIdentifier>> shares, BatchDeletion deletion) throws Throwable {
		CallEvents events = new CallEvents(this.call, this.listener);
		OperationCall last = null;
		Throwable error = null;
		for (Map.Entry<Route, List<ObjectIdentifier>> share : shares.entrySet()) {
			OperationCall part = OperationCall.within(this.engine, this.call,
					deletion.share(share.getValue(), this.engine::classify), new UnfinishedCallListener(this.listener),
					share.getKey(), this.deadline, this.attempts);
			try {
				add((DeleteObjectsResponse) Objects.requireNonNull(this.engine.run(part)), part.servedBy());
			}
			catch (Exception | Error ex) {
				last = part;
				error = ex;
				if (ex instanceof Error || part.failure().failure().kind() == FailureKind.CANCELLED) {
					this.answer = null;
					break;
				}
				share.getValue().forEach((object) -> this.errors.add(errorOf(object, ex)));
			}
			this.attempts = part.attempts();
		}
		DeleteObjectsResponse whole = merged();
		if (whole != null) {
			LocationRole location = Objects.requireNonNull(this.answeredBy);
			events.succeeded(location, whole);
			events.completed(location, this.deadline.elapsed(), null);
			return whole;
		}
		FailedAttempt failure = Objects.requireNonNull(last).failure();
		events.failed(failure, Objects.requireNonNull(error));
		events.completed(failure.location(), this.deadline.elapsed(), failure.failure());
		throw error;
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

	private static S3Error errorOf(ObjectIdentifier object, Throwable error) {
		AwsErrorDetails details = (error instanceof S3Exception answer) ? answer.awsErrorDetails() : null;
		String code = (details != null) ? details.errorCode() : null;
		return S3Error.builder()
			.key(object.key())
			.versionId(object.versionId())
			.code(Objects.requireNonNullElse(code, "ServiceUnavailable"))
			.message(error.getMessage())
			.build();
	}

}
