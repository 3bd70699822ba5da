package io.s3s3.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.io.CompletionErrors;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.core.waiters.WaiterResponse;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.waiters.S3AsyncWaiter;

/**
 * Waits as the SDK's own asynchronous waiter does, but also while it is unknown whether
 * an object exists: that it has not been replicated yet is no reason to give up.
 * Thread-safe.
 */
public final class PatientAsyncWaiter implements S3AsyncWaiter {

	private final S3AsyncWaiter appearing;

	private final S3AsyncWaiter vanishing;

	/**
	 * Create a waiter.
	 * @param client the client to ask
	 * @param timer schedules the polls
	 */
	public PatientAsyncWaiter(S3AsyncClient client, ScheduledExecutorService timer) {
		this.appearing = waiter(client, timer, () -> {
			throw NoSuchKeyException.builder().statusCode(404).message("Not known yet").build();
		});
		this.vanishing = waiter(client, timer, () -> HeadObjectResponse.builder().build());
	}

	private static S3AsyncWaiter waiter(S3AsyncClient client, ScheduledExecutorService timer,
			Supplier<HeadObjectResponse> unknown) {
		return S3AsyncWaiter.builder().client(new Undecided(client, unknown)).scheduledExecutorService(timer).build();
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadBucketResponse>> waitUntilBucketExists(HeadBucketRequest request) {
		return this.appearing.waitUntilBucketExists(request);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadBucketResponse>> waitUntilBucketExists(HeadBucketRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.appearing.waitUntilBucketExists(request, configuration);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadBucketResponse>> waitUntilBucketNotExists(HeadBucketRequest request) {
		return this.vanishing.waitUntilBucketNotExists(request);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadBucketResponse>> waitUntilBucketNotExists(HeadBucketRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.vanishing.waitUntilBucketNotExists(request, configuration);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadObjectResponse>> waitUntilObjectExists(HeadObjectRequest request) {
		return this.appearing.waitUntilObjectExists(request);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadObjectResponse>> waitUntilObjectExists(HeadObjectRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.appearing.waitUntilObjectExists(request, configuration);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadObjectResponse>> waitUntilObjectNotExists(HeadObjectRequest request) {
		return this.vanishing.waitUntilObjectNotExists(request);
	}

	@Override
	public CompletableFuture<WaiterResponse<HeadObjectResponse>> waitUntilObjectNotExists(HeadObjectRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.vanishing.waitUntilObjectNotExists(request, configuration);
	}

	@Override
	public void close() {
		this.appearing.close();
		this.vanishing.close();
	}

	/**
	 * A client whose answers make a waiter continue while the state is unknown.
	 */
	private static final class Undecided extends DelegatingS3AsyncClient {

		private final Supplier<HeadObjectResponse> unknown;

		Undecided(S3AsyncClient client, Supplier<HeadObjectResponse> unknown) {
			super(client);
			this.unknown = unknown;
		}

		@Override
		public CompletableFuture<HeadObjectResponse> headObject(HeadObjectRequest request) {
			CompletableFuture<HeadObjectResponse> answer = super.headObject(request);
			CompletableFuture<HeadObjectResponse> told = answer.exceptionally((error) -> {
				if (CompletionErrors.causeOf(error) instanceof NotReplicatedException) {
					return this.unknown.get();
				}
				throw (error instanceof CompletionException wrapped) ? wrapped : new CompletionException(error);
			});
			told.whenComplete((response, error) -> answer.cancel(true));
			return told;
		}

	}

}
