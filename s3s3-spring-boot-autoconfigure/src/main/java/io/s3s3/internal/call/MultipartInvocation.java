package io.s3s3.internal.call;

import java.util.Set;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.upload.MultipartUpload;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Stores an object in parts. Whatever requests that takes, it is one attempt of one call:
 * the events are those of {@code PutObject}.
 */
final class MultipartInvocation extends Invocation {

	/** What S3 says where it has lost an upload or its parts. */
	private static final Set<String> LOST = Set.of("NoSuchUpload", "InvalidPart", "InvalidPartOrder");

	private final MultipartUpload upload;

	MultipartInvocation(MultipartUpload upload) {
		super(PUT_OBJECT);
		this.upload = upload;
	}

	@Override
	void prepare() {
		this.upload.prepare();
	}

	@Override
	@Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress) throws Throwable {
		return this.upload.at(location, (PutObjectRequest) request,
				(response) -> ResponseValidator.requireS3(response, location.client()), progress);
	}

	@Override
	@Nullable S3Response responseOf(@Nullable Object result) {
		return (S3Response) result;
	}

	@Override
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		PutObjectRequest put = (PutObjectRequest) request;
		return this.upload.at(Location.of(LocationRole.PRIMARY, client, put.bucket()), put,
				(response) -> ResponseValidator.requireS3(response, client), null);
	}

	// Parts are no object, and none of them are the caller's. An upload that is gone when
	// it is completed may be gone because an earlier try completed it.
	@Override
	Failure refine(Failure failure, Throwable error) {
		Failure ofParts = isOfParts(error) ? Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN) : failure;
		return this.upload.isPossiblyStored() ? ofParts : ofParts.withEffect(Effect.NOT_SENT);
	}

	private static boolean isOfParts(Throwable error) {
		if (error instanceof NoSuchUploadException) {
			return true;
		}
		AwsErrorDetails details = (error instanceof S3Exception refusal) ? refusal.awsErrorDetails() : null;
		return details != null && LOST.contains(details.errorCode());
	}

	@Override
	boolean asksForUpload() {
		return this.upload.isPossiblyBegun();
	}

	// What broke midway would have to be sent from its beginning, however much it was.
	@Override
	boolean isWorthRepeating(Failure failure) {
		return failure.kind() != FailureKind.RESET;
	}

	@Override
	@Nullable String loss() {
		return this.upload.loss();
	}

	@Override
	long spooled() {
		return this.upload.spooled();
	}

	@Override
	void replaceBody(RequestBody body) {
		this.upload.replaceWith(body);
	}

	@Override
	boolean failedAtCaller() {
		return this.upload.callerFailure() != null;
	}

	@Override
	void close() {
		this.upload.close();
	}

}
