package io.s3s3.internal.engine;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.s3s3.internal.text.Printable;
import io.s3s3.location.Location;
import io.s3s3.transfer.ByteProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Deletes many objects. An answer of S3 to that is a success even if it lists keys that
 * could not be deleted; those that the location failed at are worth another location, and
 * only those. The answers are merged, so that each key is listed once.
 */
final class BatchDeletion extends Invocation {

	/**
	 * Codes by which a location tells that it failed at a key, and the status that goes
	 * with each.
	 */
	private static final Map<String, Integer> LOCATION_FAILED = Map.of("InternalError", 500, "ServiceUnavailable", 503,
			"SlowDown", 503, "RequestTimeout", 400);

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> refused = new ArrayList<>();

	/**
	 * The objects that a location failed at, each with its error; null before an answer.
	 */
	private @Nullable Map<ObjectVersion, S3Error> remaining;

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable Location answeredBy;

	private boolean lastAttemptAnswered;

	/** Whether an answer told of fewer failures than there were objects. */
	private boolean deletedSome;

	BatchDeletion(Method method) {
		super(method);
	}

	@Override
	@Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress) throws Throwable {
		this.lastAttemptAnswered = false;
		DeleteObjectsRequest deletion = withoutTheDone((DeleteObjectsRequest) request);
		Object result = checked(call(location.client(), deletion), location.client());
		if (!(result instanceof DeleteObjectsResponse response)) {
			return result;
		}
		requireMention(deletion, response);
		this.lastAttemptAnswered = true;
		this.answeredBy = location;
		this.deletedSome |= response.errors().size() < deletion.delete().objects().size();
		Map<ObjectVersion, S3Error> failed = merge(response);
		if (!failed.isEmpty()) {
			throw failureOf(failed.values().iterator().next(), response);
		}
		return merged(response);
	}

	// An answer stands, as with S3 itself, if it was the last or if objects are gone.
	@Override
	@Nullable Object partialResult() {
		return (this.answer != null && (this.lastAttemptAnswered || this.deletedSome)) ? merged(this.answer) : null;
	}

	@Override
	Location answeredBy() {
		return Objects.requireNonNull(this.answeredBy);
	}

	@Override
	@Nullable S3Response responseOf(@Nullable Object result) {
		return (S3Response) result;
	}

	// S3 lists each object as deleted or failed, unless it was asked to be quiet.
	private static void requireMention(DeleteObjectsRequest deletion, DeleteObjectsResponse response) {
		boolean quiet = deletion.delete() == null || Boolean.TRUE.equals(deletion.delete().quiet());
		if (!quiet && response.sdkHttpResponse() != null && response.deleted().isEmpty()
				&& response.errors().isEmpty()) {
			throw AnswerCheck.incomplete();
		}
	}

	private DeleteObjectsResponse merged(DeleteObjectsResponse last) {
		List<S3Error> errors = new ArrayList<>(this.refused);
		if (this.remaining != null) {
			errors.addAll(this.remaining.values());
		}
		DeleteObjectsResponse.Builder merged = last.toBuilder();
		merged.deleted(this.deleted).errors(errors);
		return merged.build();
	}

	private DeleteObjectsRequest withoutTheDone(DeleteObjectsRequest request) {
		if (this.remaining == null) {
			return request;
		}
		Set<ObjectVersion> left = this.remaining.keySet();
		List<ObjectIdentifier> objects = request.delete()
			.objects()
			.stream()
			.filter((object) -> left.contains(new ObjectVersion(object.key(), object.versionId())))
			.toList();
		return request.toBuilder().delete(request.delete().toBuilder().objects(objects).build()).build();
	}

	private Map<ObjectVersion, S3Error> merge(DeleteObjectsResponse response) {
		this.answer = response;
		this.deleted.addAll(response.deleted());
		Map<ObjectVersion, S3Error> failed = new LinkedHashMap<>();
		for (S3Error error : response.errors()) {
			if (LOCATION_FAILED.containsKey(error.code())) {
				failed.put(new ObjectVersion(error.key(), error.versionId()), error);
			}
			else {
				this.refused.add(error);
			}
		}
		this.remaining = failed;
		return failed;
	}

	private static Throwable failureOf(S3Error error, DeleteObjectsResponse response) {
		AwsErrorDetails details = AwsErrorDetails.builder()
			.serviceName("S3")
			.errorCode(error.code())
			.errorMessage(error.message())
			.sdkHttpResponse(response.sdkHttpResponse())
			.build();
		return S3Exception.builder()
			.statusCode(LOCATION_FAILED.getOrDefault(error.code(), 500))
			.awsErrorDetails(details)
			.message("Some of the keys could not be deleted: " + Printable.of(error.code()))
			.build();
	}

	/**
	 * What a deletion is about: one version of an object, or the object as such.
	 */
	private record ObjectVersion(String key, @Nullable String versionId) {

	}

}
