package io.s3s3.internal.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.consistency.DeletionConditions;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A deletion of many objects across its attempts. An answer of S3 is a success even if it
 * lists keys that could not be deleted; only those that the location failed to delete are
 * tried at another location. The answers are merged, so that each key is listed once. Not
 * thread-safe; one per call.
 */
public final class Deletion {

	private final FailureClassifier classifier;

	private final DeletionConditions conditions;

	/** What to delete at the next attempt. */
	private List<ObjectIdentifier> left;

	/** What the current attempt deletes of that. */
	private List<ObjectIdentifier> asked = List.of();

	/** Why it must not delete the rest, whose last writes its location lacks. */
	private Map<ObjectIdentifier, S3Exception> withheld = Map.of();

	/** The keys that earlier answers have settled. */
	private final Set<@Nullable String> settled = new HashSet<>();

	private final Set<DeletedObject> deleted = new LinkedHashSet<>();

	private final Set<S3Error> refused = new LinkedHashSet<>();

	/** The errors of the last answer that another location may not have. */
	private Map<ObjectIdentifier, List<S3Error>> failed = new LinkedHashMap<>();

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable Location answeredBy;

	private boolean lastAttemptAnswered;

	/** Whether any location was asked. */
	private boolean sent;

	/** Whether an answer reported fewer failures than there were objects. */
	private boolean deletedSome;

	/**
	 * Create a deletion.
	 * @param objects the objects
	 * @param classifier decides what the error of an object means
	 * @param conditions decides where the conditions of objects may be checked
	 */
	public Deletion(List<ObjectIdentifier> objects, FailureClassifier classifier, DeletionConditions conditions) {
		this.left = objects;
		this.classifier = classifier;
		this.conditions = conditions;
	}

	/**
	 * Begin an attempt.
	 * @param location the location of the attempt
	 * @return the objects that it may delete
	 * @throws S3Exception if it must not delete any of the objects
	 */
	public List<ObjectIdentifier> beginAttempt(Location location) {
		this.lastAttemptAnswered = false;
		this.withheld = this.conditions.refusals(this.left, location.role());
		this.asked = this.left.stream().filter((object) -> !this.withheld.containsKey(object)).toList();
		if (this.asked.isEmpty() && !this.withheld.isEmpty()) {
			throw withhold();
		}
		this.sent = true;
		return this.asked;
	}

	/**
	 * Return the error of an attempt that must not be made. If no condition can hold at
	 * any location, that is the answer, in the form of S3: object by object.
	 */
	private S3Exception withhold() {
		Collection<S3Exception> refusals = this.withheld.values();
		S3Exception unchecked = refusals.stream()
			.filter((refusal) -> refusal.statusCode() != 412)
			.findAny()
			.orElse(null);
		if (unchecked == null && !this.sent) {
			this.withheld.forEach((object, denial) -> this.refused.add(DeletionAnswer.errorOf(object, denial)));
			this.answer = DeleteObjectsResponse.builder().build();
			this.lastAttemptAnswered = true;
		}
		return (unchecked != null) ? unchecked : refusals.iterator().next();
	}

	/**
	 * Return what a failure of the last attempt means.
	 * @param failure what the failure means otherwise
	 * @param error the error
	 * @return the failure
	 */
	public Failure refine(Failure failure, Throwable error) {
		return this.withheld.containsValue(error) ? new Failure(FailureKind.STALE, false, false, Effect.NOT_SENT)
				: failure;
	}

	/**
	 * Return the objects that are deleted one by one.
	 * @return the objects whose keys cannot be represented in XML
	 */
	public List<ObjectIdentifier> singles() {
		return this.asked.stream().filter(SingleDeletions::isNeededFor).toList();
	}

	/**
	 * Return the request for all objects that are deleted together.
	 * @param batch the request for all of the batch
	 * @return the request, or {@code null} if there is no such object
	 */
	public @Nullable DeleteObjectsRequest requestFor(DeleteObjectsRequest batch) {
		List<ObjectIdentifier> together = new ArrayList<>(this.asked);
		together.removeIf(SingleDeletions::isNeededFor);
		if (together.isEmpty() && !this.asked.isEmpty()) {
			return null;
		}
		return together.equals(batch.delete().objects()) ? batch
				: batch.copy((copy) -> copy.delete(batch.delete().copy((delete) -> delete.objects(together))));
	}

	/**
	 * Require an answer that mentions objects: S3 lists each as deleted or failed, unless
	 * the request is quiet.
	 * @param deletion the request
	 * @param response the answer
	 * @return the answer
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if it mentions
	 * none
	 */
	public static DeleteObjectsResponse requireMention(DeleteObjectsRequest deletion, DeleteObjectsResponse response) {
		if (!isQuiet(deletion) && response.sdkHttpResponse() != null && response.deleted().isEmpty()
				&& response.errors().isEmpty()) {
			throw ResponseValidator.incomplete();
		}
		return response;
	}

	/**
	 * Accept the answer to an attempt.
	 * @param location the location that gave it
	 * @param batch the request for all of the batch
	 * @param response the answer
	 * @param written remembers what the attempt has deleted
	 * @return the answer to all attempts
	 * @throws S3Exception if another location may do better with some of the objects
	 */
	public DeleteObjectsResponse answered(Location location, DeleteObjectsRequest batch, DeleteObjectsResponse response,
			WrittenKeys written) {
		this.lastAttemptAnswered = true;
		this.answeredBy = location;
		this.answer = response;
		DeletionAnswer found = new DeletionAnswer(this.asked, isQuiet(batch), response,
				(error) -> classify(error, response).canFailOver());
		written.remember(found, response);
		merge(found, location.role());
		if (!this.failed.isEmpty()) {
			throw exceptionFor(this.failed.values().iterator().next().get(0), response);
		}
		return merged(response);
	}

	private static boolean isQuiet(DeleteObjectsRequest deletion) {
		return Boolean.TRUE.equals(deletion.delete().quiet());
	}

	private void merge(DeletionAnswer answer, LocationRole location) {
		this.deleted.addAll(answer.deleted());
		answer.refused()
			.stream()
			.filter((error) -> !this.settled.contains(error.key()))
			.map((error) -> this.conditions.worth(error, location))
			.forEach(this.refused::add);
		this.withheld.forEach((object, refusal) -> this.refused.add(DeletionAnswer.errorOf(object, refusal)));
		this.failed = answer.failed();
		this.deletedSome |= answer.failed().size() + answer.refused().size() < this.asked.size();
		this.left.forEach((object) -> this.settled.add(object.key()));
		this.left = List.copyOf(answer.failed().keySet());
		this.left.forEach((object) -> this.settled.remove(object.key()));
	}

	private DeleteObjectsResponse merged(DeleteObjectsResponse last) {
		List<S3Error> errors = new ArrayList<>(this.refused);
		this.failed.values().forEach(errors::addAll);
		return last.toBuilder().deleted(this.deleted).errors(errors).build();
	}

	/**
	 * Return the merged answers. They are valid, as with S3 itself, if the last attempt
	 * was answered or if objects were deleted.
	 * @return the answer to all attempts, or {@code null} if they are not valid
	 */
	public @Nullable Object partialResult() {
		return (this.answer != null && (this.lastAttemptAnswered || this.deletedSome)) ? merged(this.answer) : null;
	}

	/**
	 * Return where the last answer came from.
	 * @param location the location of the last attempt
	 * @return the location that answered last, or that of the last attempt if none has
	 * answered
	 */
	public Location answeredBy(Location location) {
		return Objects.requireNonNullElse(this.answeredBy, location);
	}

	private Failure classify(S3Error error, DeleteObjectsResponse response) {
		return this.classifier.classify(exceptionFor(error, response));
	}

	private static S3Exception exceptionFor(S3Error error, DeleteObjectsResponse response) {
		AwsErrorDetails details = AwsErrorDetails.builder()
			.serviceName("S3")
			.errorCode(error.code())
			.errorMessage(error.message())
			.sdkHttpResponse(response.sdkHttpResponse())
			.build();
		return (S3Exception) S3Exception.builder()
			.statusCode(statusOf(error.code()))
			.awsErrorDetails(details)
			.message("Some of the keys could not be deleted: " + Printable.of(error.code()))
			.build();
	}

	/**
	 * Return the status that goes with a code. A missing code counts as a failure of the
	 * location.
	 */
	private static int statusOf(@Nullable String code) {
		if (code == null || code.startsWith("Internal")) {
			return 500;
		}
		return (code.startsWith("SlowDown") || code.equals("ServiceUnavailable")) ? 503 : 400;
	}

}
