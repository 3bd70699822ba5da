package io.s3s3.internal.async;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

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
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Deletes many objects. Those that one location failed to delete are deleted at the other
 * one.
 */
final class AsyncBatchDeletion extends AsyncInvocation {

	private final LeafMethod method;

	private final Deletion deletion;

	/**
	 * Create a deletion that only knows how to call a client.
	 */
	AsyncBatchDeletion(LeafMethod method) {
		this(method, new Deletion(List.of(), (error) -> {
			throw new IllegalStateException("The deletion has no share", error);
		}, DeletionConditions.NONE));
	}

	private AsyncBatchDeletion(LeafMethod method, Deletion deletion) {
		super(method);
		this.method = method;
		this.deletion = deletion;
	}

	/**
	 * Make the call, in several shares if the objects have different routes.
	 */
	@Override
	CompletableFuture<@Nullable Object> carryOut(AsyncCall call) {
		Map<Route, List<ObjectIdentifier>> shares = DeletionShares.of(call.router(), call.call());
		if (shares.size() > 1) {
			return carryOut(call, new ArrayDeque<>(shares.entrySet()), new DeletionShares(call.scope()));
		}
		Map.Entry<Route, List<ObjectIdentifier>> share = shares.entrySet().iterator().next();
		AsyncBatchDeletion deletion = share(share.getValue(), call);
		return call.run(deletion, new CallExecution(call.scope(), deletion, share.getKey()));
	}

	private AsyncBatchDeletion share(List<ObjectIdentifier> objects, AsyncCall call) {
		return new AsyncBatchDeletion(this.method,
				new Deletion(objects, call.services()::classify, call.router().conditionsOf(objects)));
	}

	private CompletableFuture<@Nullable Object> carryOut(AsyncCall call,
			Deque<Map.Entry<Route, List<ObjectIdentifier>>> left, DeletionShares merged) {
		Map.Entry<Route, List<ObjectIdentifier>> share = left.poll();
		if (share == null) {
			return end(merged);
		}
		AsyncBatchDeletion batch = share(share.getValue(), call);
		CallExecution part = new CallExecution(call.scope().part(merged.attempts()), batch, share.getKey());
		return Futures.then(call.run(batch, part), (answer, error) -> {
			if (error == null) {
				merged.add((DeleteObjectsResponse) Objects.requireNonNull(answer), part);
			}
			else if (!merged.failed(share.getValue(), error, part)) {
				left.clear();
			}
			return carryOut(call, left, merged);
		});
	}

	private static CompletableFuture<@Nullable Object> end(DeletionShares merged) {
		DeleteObjectsResponse whole = merged.end(System.nanoTime());
		return (whole != null) ? CompletableFuture.completedFuture(whole)
				: CompletableFuture.failedFuture(merged.error());
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		List<ObjectIdentifier> left = this.deletion.beginAttempt(attempt.location());
		DeleteObjectsRequest batch = (DeleteObjectsRequest) request;
		if (batch.delete() == null) {
			return callChecked(attempt.client(), batch);
		}
		WrittenKeys written = new WrittenKeys(attempt.call().router().memory(), attempt.location().role(), left);
		return Futures.then(delete(attempt.client(), batch), (response, error) -> {
			if (error != null) {
				written.failed(error, attempt.call().services().classify(error).effect());
				return CompletableFuture.failedFuture(error);
			}
			DeleteObjectsResponse answer = (DeleteObjectsResponse) Objects.requireNonNull(response);
			return CompletableFuture
				.completedFuture(this.deletion.answered(attempt.location(), batch, answer, written));
		});
	}

	private CompletableFuture<?> delete(S3AsyncClient client, DeleteObjectsRequest batch) throws Throwable {
		DeleteObjectsRequest together = this.deletion.requestFor(batch);
		CompletableFuture<?> first = (together != null) ? deleteTogether(client, together)
				: CompletableFuture.completedFuture(null);
		Deque<ObjectIdentifier> singles = new ArrayDeque<>(this.deletion.singles());
		return singles.isEmpty() ? first : Futures.ifWell(first, (response) -> deleteNext(client, singles,
				new SingleDeletions(batch, (DeleteObjectsResponse) response)));
	}

	private CompletableFuture<?> deleteTogether(S3AsyncClient client, DeleteObjectsRequest request) throws Throwable {
		return Futures.ifWell(callChecked(client, request), (response) -> CompletableFuture.completedFuture(
				Deletion.requireMention(request, (DeleteObjectsResponse) Objects.requireNonNull(response))));
	}

	private static CompletableFuture<?> deleteNext(S3AsyncClient client, Deque<ObjectIdentifier> left,
			SingleDeletions single) {
		ObjectIdentifier object = left.poll();
		if (object == null) {
			return CompletableFuture.completedFuture(single.answer());
		}
		return Futures.then(client.deleteObject(single.requestFor(object)), (response, error) -> {
			if (error == null) {
				single.deleted(object, (DeleteObjectResponse) Objects.requireNonNull(response));
			}
			else if (error instanceof SdkException && !(error instanceof AbortedException)) {
				single.failed(object, error);
			}
			else {
				return CompletableFuture.failedFuture(error);
			}
			return deleteNext(client, left, single);
		});
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
