package io.s3s3.internal.blocking;

import java.util.Set;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.operation.ResponseValidator;
import io.s3s3.internal.text.ErrorCode;
import io.s3s3.internal.upload.AnswerJudge;
import io.s3s3.internal.upload.MultipartUpload;
import io.s3s3.internal.upload.SentBody;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Stores an object in parts. However many requests that takes, it is one attempt of one
 * call: the events are those of {@code PutObject}.
 */
final class MultipartInvocation extends Invocation {

	/** The error codes by which S3 says that it has lost an upload or its parts. */
	private static final Set<String> LOST = Set.of("NoSuchUpload", "InvalidPart", "InvalidPartOrder");

	private static final FailureClassifier OWN = FailureClassifier.of(false);

	private final MultipartUpload upload;

	MultipartInvocation(MultipartUpload upload) {
		super(PUT_OBJECT);
		this.upload = upload;
	}

	@Override
	void prepare(AttemptContext attempt) {
		this.upload.prepare();
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		return this.upload.at(attempt.location(), (PutObjectRequest) request,
				new Judge(attempt.client(), attempt.call().services()::classify), attempt.progress());
	}

	@Override
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		PutObjectRequest put = (PutObjectRequest) request;
		return this.upload.at(Location.of(LocationRole.PRIMARY, client, put.bucket()), put, new Judge(client, OWN),
				null);
	}

	/**
	 * Do not blame the caller for errors about parts, which it knows nothing of. An
	 * upload that is gone when it is completed may have been completed by an earlier try.
	 */
	@Override
	public Failure refine(Failure failure, Throwable error) {
		Failure ofParts = isOfParts(error) ? Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN) : failure;
		return this.upload.isPossiblyStored() ? ofParts : ofParts.withEffect(Effect.NOT_SENT);
	}

	private static boolean isOfParts(Throwable error) {
		if (error instanceof NoSuchUploadException) {
			return true;
		}
		String code = ErrorCode.of(error);
		return code != null && LOST.contains(code);
	}

	@Override
	public boolean asksForUpload() {
		return this.upload.isPossiblyBegun();
	}

	/**
	 * Return whether it failed before it broke midway, since otherwise all of it would
	 * have to be sent again.
	 */
	@Override
	public boolean isWorthRepeating(Failure failure) {
		return failure.kind() != FailureKind.RESET;
	}

	@Override
	public SentBody body() {
		return this.upload;
	}

	@Override
	void close() {
		this.upload.close();
	}

	/**
	 * Judges the answers of a client.
	 */
	private record Judge(S3Client client, FailureClassifier classifier) implements AnswerJudge {

		@Override
		public void requireS3(S3Response response) {
			ResponseValidator.requireS3(response, this.client);
		}

		@Override
		public boolean lacksConnection(Throwable error) {
			Failure failure = this.classifier.classify(error);
			return failure.kind() == FailureKind.CONNECTION && !failure.countsAgainstLocation();
		}

	}

}
