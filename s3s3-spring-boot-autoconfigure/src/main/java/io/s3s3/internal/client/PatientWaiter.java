package io.s3s3.internal.client;

import java.util.function.Supplier;

import io.s3s3.consistency.NotReplicatedException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.core.waiters.WaiterResponse;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

/**
 * Waits as the SDK's own waiter does, but also while it is unknown whether an object
 * exists: that it has not been replicated yet is no reason to give up. Thread-safe.
 */
public final class PatientWaiter implements S3Waiter {

	private final S3Waiter appearing;

	private final S3Waiter vanishing;

	/**
	 * Create a waiter.
	 * @param client the client to ask
	 */
	public PatientWaiter(S3Client client) {
		this.appearing = waiter(client, () -> {
			throw NoSuchKeyException.builder().statusCode(404).message("Not known yet").build();
		});
		this.vanishing = waiter(client, () -> HeadObjectResponse.builder().build());
	}

	private static S3Waiter waiter(S3Client client, Supplier<HeadObjectResponse> unknown) {
		return S3Waiter.builder().client(new Undecided(client, unknown)).build();
	}

	@Override
	public WaiterResponse<HeadBucketResponse> waitUntilBucketExists(HeadBucketRequest request) {
		return this.appearing.waitUntilBucketExists(request);
	}

	@Override
	public WaiterResponse<HeadBucketResponse> waitUntilBucketExists(HeadBucketRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.appearing.waitUntilBucketExists(request, configuration);
	}

	@Override
	public WaiterResponse<HeadBucketResponse> waitUntilBucketNotExists(HeadBucketRequest request) {
		return this.vanishing.waitUntilBucketNotExists(request);
	}

	@Override
	public WaiterResponse<HeadBucketResponse> waitUntilBucketNotExists(HeadBucketRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.vanishing.waitUntilBucketNotExists(request, configuration);
	}

	@Override
	public WaiterResponse<HeadObjectResponse> waitUntilObjectExists(HeadObjectRequest request) {
		return this.appearing.waitUntilObjectExists(request);
	}

	@Override
	public WaiterResponse<HeadObjectResponse> waitUntilObjectExists(HeadObjectRequest request,
			WaiterOverrideConfiguration configuration) {
		return this.appearing.waitUntilObjectExists(request, configuration);
	}

	@Override
	public WaiterResponse<HeadObjectResponse> waitUntilObjectNotExists(HeadObjectRequest request) {
		return this.vanishing.waitUntilObjectNotExists(request);
	}

	@Override
	public WaiterResponse<HeadObjectResponse> waitUntilObjectNotExists(HeadObjectRequest request,
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
	private static final class Undecided extends DelegatingS3Client {

		private final Supplier<HeadObjectResponse> unknown;

		Undecided(S3Client client, Supplier<HeadObjectResponse> unknown) {
			super(client);
			this.unknown = unknown;
		}

		@Override
		public HeadObjectResponse headObject(HeadObjectRequest request) {
			try {
				return super.headObject(request);
			}
			catch (NotReplicatedException ex) {
				return this.unknown.get();
			}
		}

	}

}
