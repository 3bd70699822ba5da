package io.s3s3.internal.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.s3s3.failure.Effect;
import io.s3s3.internal.route.WriteConditions;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Marks the object of a conditional write, so that the call can recognize its own write
 * when the answer was lost. Immutable.
 *
 * @param scope the scope of the call
 * @param value the mark
 */
record ConditionalNonce(CallScope scope, String value) {

	/** The name of the metadata entry. */
	static final String NAME = "s3s3-nonce";

	/**
	 * Create the mark of a call.
	 * @param scope the scope of the call
	 * @return the mark, or {@code null} if its object should not be marked
	 */
	static @Nullable ConditionalNonce of(CallScope scope) {
		S3Request request = scope.call().request();
		boolean marks = request instanceof PutObjectRequest && scope.events().whole()
				&& scope.services().router().consistency().marksConditionalPuts() && WriteConditions.areIn(request);
		return marks ? new ConditionalNonce(scope, UUID.randomUUID().toString()) : null;
	}

	/**
	 * Return a request whose object carries the mark.
	 * @param request the request
	 */
	S3Request mark(S3Request request) {
		PutObjectRequest put = (PutObjectRequest) request;
		Map<String, String> metadata = new HashMap<>(put.metadata());
		metadata.put(NAME, this.value);
		return put.toBuilder().metadata(metadata).build();
	}

	/**
	 * Return what to ask a location after an error.
	 * @param location the location
	 * @param error the error
	 * @param earlier whether an earlier attempt may have taken effect
	 * @return the inquiry, or {@code null} if the error says that nothing was written
	 */
	@Nullable Inquiry inquiry(Location location, Throwable error, boolean earlier) {
		boolean denied = error instanceof S3Exception answer
				&& (answer.statusCode() == 412 || answer.statusCode() == 409);
		boolean unknown = this.scope.services().classify(error).effect() == Effect.UNKNOWN;
		if (!unknown && !(denied && earlier)) {
			return null;
		}
		PutObjectRequest put = (PutObjectRequest) this.scope.call().request();
		HeadObjectRequest question = HeadObjectRequest.builder()
			.key(put.key())
			.sseCustomerAlgorithm(put.sseCustomerAlgorithm())
			.sseCustomerKey(put.sseCustomerKey())
			.sseCustomerKeyMD5(put.sseCustomerKeyMD5())
			.build();
		return new Question(this.scope.services().router().requestFor(question, location), error, this.value);
	}

	/**
	 * Asks whether the object carries the mark.
	 *
	 * @param request the request
	 * @param error the error that counts if it does not
	 * @param value the mark
	 */
	private record Question(S3Request request, Throwable error, String value) implements Inquiry {

		@Override
		public @Nullable Throwable errorAfter(@Nullable Object answer) {
			boolean ours = answer instanceof HeadObjectResponse object
					&& this.value.equals(object.metadata().get(NAME));
			return ours ? null : this.error;
		}

		@Override
		public Throwable errorAfter(Throwable failure) {
			return this.error;
		}

		@Override
		public Object resultOf(@Nullable Object answer) {
			HeadObjectResponse object = (HeadObjectResponse) Objects.requireNonNull(answer);
			PutObjectResponse.Builder stored = PutObjectResponse.builder()
				.eTag(object.eTag())
				.versionId(object.versionId())
				.serverSideEncryption(object.serverSideEncryption());
			stored.responseMetadata(object.responseMetadata());
			stored.sdkHttpResponse(object.sdkHttpResponse());
			return stored.build();
		}

	}

}
