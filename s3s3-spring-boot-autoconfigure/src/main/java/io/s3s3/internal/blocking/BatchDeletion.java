package io.s3s3.internal.blocking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Deletes many objects. An answer of S3 to that is a success even if it lists keys that
 * could not be deleted; those that the location failed at are worth another location, and
 * only those. The answers are merged, so that each key is listed once.
 */
final class BatchDeletion extends Invocation {

	private final LeafMethod method;

	private final FailureClassifier classifier;

	/** What to delete at the next attempt. */
	private List<ObjectIdentifier> left;

	/** The keys of which an earlier answer has told. */
	private final Set<@Nullable String> settled = new HashSet<>();

	private final Set<DeletedObject> deleted = new LinkedHashSet<>();

	private final Set<S3Error> refused = new LinkedHashSet<>();

	/** The errors of the last answer that another location may cure. */
	private Map<ObjectIdentifier, List<S3Error>> failed = new LinkedHashMap<>();

	private @Nullable DeleteObjectsResponse answer;

	private @Nullable Location answeredBy;

	private boolean lastAttemptAnswered;

	/** Whether an answer told of fewer failures than there were objects. */
	private boolean deletedSome;

	/**
	 * Create a deletion of which nothing is known but how to call a client.
	 */
	BatchDeletion(LeafMethod method) {
		this(method, (error) -> {
			throw new IllegalStateException("The deletion has no share", error);
		}, List.of());
	}

	private BatchDeletion(LeafMethod method, FailureClassifier classifier, List<ObjectIdentifier> objects) {
		super(method);
		this.method = method;
		this.classifier = classifier;
		this.left = objects;
	}

	/**
	 * Return the deletion of some of the objects.
	 * @param objects the objects that go along one route
	 * @param classifier decides what the error at an object means
	 * @return the deletion
	 */
	BatchDeletion share(List<ObjectIdentifier> objects, FailureClassifier classifier) {
		return new BatchDeletion(this.method, classifier, objects);
	}

	/**
	 * Make the call, in shares if the objects do not all go the same way.
	 */
	@Override
	@Nullable Object carryOut(BlockingCall call) throws Exception {
		Map<Route, List<ObjectIdentifier>> shares = SplitDeletion.shares(call);
		if (shares.size() > 1) {
			return new SplitDeletion(call).run(shares, this);
		}
		Map.Entry<Route, List<ObjectIdentifier>> share = shares.entrySet().iterator().next();
		BatchDeletion deletion = share(share.getValue(), call.services()::classify);
		return call.run(deletion, new CallExecution(call.scope(), deletion, share.getKey()));
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		this.lastAttemptAnswered = false;
		DeleteObjectsRequest batch = (DeleteObjectsRequest) request;
		if (batch.delete() == null) {
			return checked(call(attempt.client(), batch), attempt.client());
		}
		WrittenKeys written = new WrittenKeys(attempt, this.left);
		DeleteObjectsResponse response = written.orPossibly(() -> delete(attempt.client(), batch));
		this.lastAttemptAnswered = true;
		this.answeredBy = attempt.location();
		this.answer = response;
		DeletionAnswer found = new DeletionAnswer(this.left, isQuiet(batch), response,
				(error) -> classify(error, response).canFailOver());
		written.remember(found, response);
		merge(found);
		if (!this.failed.isEmpty()) {
			throw exceptionFor(this.failed.values().iterator().next().get(0), response);
		}
		return merged(response);
	}

	private DeleteObjectsResponse delete(S3Client client, DeleteObjectsRequest batch) throws Throwable {
		List<ObjectIdentifier> singles = this.left.stream().filter(SingleDeletions::isNeededFor).toList();
		if (singles.isEmpty()) {
			return deleteTogether(client, batch, this.left);
		}
		List<ObjectIdentifier> together = new ArrayList<>(this.left);
		together.removeAll(singles);
		DeleteObjectsResponse response = together.isEmpty() ? null : deleteTogether(client, batch, together);
		return SingleDeletions.add(client, batch, singles, response);
	}

	private DeleteObjectsResponse deleteTogether(S3Client client, DeleteObjectsRequest batch,
			List<ObjectIdentifier> objects) throws Throwable {
		DeleteObjectsRequest request = objects.equals(batch.delete().objects()) ? batch
				: batch.copy((copy) -> copy.delete(batch.delete().copy((delete) -> delete.objects(objects))));
		DeleteObjectsResponse response = (DeleteObjectsResponse) Objects
			.requireNonNull(checked(call(client, request), client));
		requireMention(request, response);
		return response;
	}

	/**
	 * Require an answer that mentions objects: S3 lists each as deleted or failed, unless
	 * the request is quiet.
	 */
	private static void requireMention(DeleteObjectsRequest deletion, DeleteObjectsResponse response) {
		if (!isQuiet(deletion) && response.sdkHttpResponse() != null && response.deleted().isEmpty()
				&& response.errors().isEmpty()) {
			throw ResponseValidator.incomplete();
		}
	}

	private static boolean isQuiet(DeleteObjectsRequest deletion) {
		return Boolean.TRUE.equals(deletion.delete().quiet());
	}

	private void merge(DeletionAnswer answer) {
		this.deleted.addAll(answer.deleted());
		answer.refused().stream().filter((error) -> !this.settled.contains(error.key())).forEach(this.refused::add);
		this.failed = answer.failed();
		this.deletedSome |= answer.failed().size() + answer.refused().size() < this.left.size();
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
	 * Return what the answers say. They stand, as with S3 itself, if the last attempt was
	 * answered or if objects are gone.
	 */
	@Override
	public @Nullable Object partialResult() {
		return (this.answer != null && (this.lastAttemptAnswered || this.deletedSome)) ? merged(this.answer) : null;
	}

	@Override
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
	 * Return the status that goes with a code. Codes are judged by what they say; one
	 * that says nothing is judged as what may be worth another location.
	 */
	private static int statusOf(@Nullable String code) {
		if (code == null || code.startsWith("Internal")) {
			return 500;
		}
		return (code.startsWith("SlowDown") || code.equals("ServiceUnavailable")) ? 503 : 400;
	}

}
