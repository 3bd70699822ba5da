package io.s3s3.internal.blocking;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.s3s3.failure.Failure;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.consistency.DeletionConditions;
import io.s3s3.internal.operation.Deletion;
import io.s3s3.internal.operation.DeletionShares;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.operation.SingleDeletions;
import io.s3s3.internal.operation.WrittenKeys;
import io.s3s3.internal.route.Route;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Deletes many objects. Those that one location failed to delete are deleted at the other
 * one.
 */
final class BatchDeletion extends Invocation {

	private final LeafMethod method;

	private final Deletion deletion;

	/**
	 * Create a deletion that only knows how to call a client.
	 */
	BatchDeletion(LeafMethod method) {
		this(method, new Deletion(List.of(), (error) -> {
			throw new IllegalStateException("The deletion has no share", error);
		}, DeletionConditions.NONE));
	}

	private BatchDeletion(LeafMethod method, Deletion deletion) {
		super(method);
		this.method = method;
		this.deletion = deletion;
	}

	/**
	 * Make the call, in several shares if the objects have different routes.
	 */
	@Override
	@Nullable Object carryOut(BlockingCall call) throws Exception {
		Map<Route, List<ObjectIdentifier>> shares = DeletionShares.of(call.router(), call.call());
		if (shares.size() > 1) {
			return carryOut(call, shares);
		}
		Map.Entry<Route, List<ObjectIdentifier>> share = shares.entrySet().iterator().next();
		BatchDeletion deletion = share(share.getValue(), call);
		return call.run(deletion, new CallExecution(call.scope(), deletion, share.getKey()));
	}

	private BatchDeletion share(List<ObjectIdentifier> objects, BlockingCall call) {
		return new BatchDeletion(this.method,
				new Deletion(objects, call.services()::classify, call.router().conditionsOf(objects)));
	}

	private DeleteObjectsResponse carryOut(BlockingCall call, Map<Route, List<ObjectIdentifier>> shares)
			throws Exception {
		DeletionShares merged = new DeletionShares(call.scope());
		for (Map.Entry<Route, List<ObjectIdentifier>> share : shares.entrySet()) {
			BatchDeletion batch = share(share.getValue(), call);
			CallExecution part = new CallExecution(call.scope().part(merged.attempts()), batch, share.getKey());
			try {
				merged.add((DeleteObjectsResponse) Objects.requireNonNull(call.run(batch, part)), part);
			}
			catch (Exception | Error ex) {
				if (!merged.failed(share.getValue(), ex, part)) {
					break;
				}
			}
		}
		DeleteObjectsResponse whole = merged.end(System.nanoTime());
		if (whole == null) {
			throw Turns.asException(merged.error());
		}
		return whole;
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		List<ObjectIdentifier> left = this.deletion.beginAttempt(attempt.location());
		DeleteObjectsRequest batch = (DeleteObjectsRequest) request;
		if (batch.delete() == null) {
			return checked(call(attempt.client(), batch), attempt.client());
		}
		WrittenKeys written = new WrittenKeys(attempt.call().router().memory(), attempt.location().role(), left);
		DeleteObjectsResponse response;
		try {
			response = delete(attempt.client(), batch);
		}
		catch (Throwable ex) {
			written.failed(ex, attempt.call().services().classify(ex).effect());
			throw ex;
		}
		return this.deletion.answered(attempt.location(), batch, response, written);
	}

	private DeleteObjectsResponse delete(S3Client client, DeleteObjectsRequest batch) throws Throwable {
		DeleteObjectsRequest together = this.deletion.requestFor(batch);
		DeleteObjectsResponse response = (together != null) ? deleteTogether(client, together) : null;
		List<ObjectIdentifier> singles = this.deletion.singles();
		if (response != null && singles.isEmpty()) {
			return response;
		}
		SingleDeletions single = new SingleDeletions(batch, response);
		for (ObjectIdentifier object : singles) {
			try {
				single.deleted(object, client.deleteObject(single.requestFor(object)));
			}
			catch (AbortedException ex) {
				throw ex;
			}
			catch (SdkException ex) {
				single.failed(object, ex);
			}
		}
		return single.answer();
	}

	private DeleteObjectsResponse deleteTogether(S3Client client, DeleteObjectsRequest request) throws Throwable {
		return Deletion.requireMention(request,
				(DeleteObjectsResponse) Objects.requireNonNull(checked(call(client, request), client)));
	}

	@Override
	public Failure refine(Failure failure, Throwable error) {
		return this.deletion.refine(failure, error);
	}

	@Override
	public @Nullable Object partialResult() {
		return this.deletion.partialResult();
	}

	@Override
	public Location answeredBy(Location location) {
		return this.deletion.answeredBy(location);
	}

}
