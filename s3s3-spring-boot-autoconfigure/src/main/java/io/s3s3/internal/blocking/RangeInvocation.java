package io.s3s3.internal.blocking;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.download.ObjectRange;
import io.s3s3.internal.download.UnresumableDownloadException;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Asks a location for the rest of a download that broke, and takes it only from the same
 * object: the one with the ETag, else the one with the version id, of the first answer.
 */
final class RangeInvocation extends Invocation {

	private final ObjectRange object;

	private final long position;

	private final boolean versionSuffices;

	/** The request of the last attempt for all of the object. */
	private @Nullable GetObjectRequest whole;

	private @Nullable Location location;

	private @Nullable S3Exception miss;

	/** Where the object is not, or another one is, in words. */
	private final Set<String> misses = new LinkedHashSet<>(0);

	RangeInvocation(ObjectRange object, long position, boolean versionSuffices) {
		super(GET_OBJECT);
		this.object = object;
		this.position = position;
		this.versionSuffices = versionSuffices;
	}

	/**
	 * Return what to tell the reader of the stream when no location has the rest.
	 */
	IOException impossible(Exception lastError) {
		String message = "The download broke after %d of %d bytes, and no location has the rest"
			.formatted(this.position, this.object.length());
		return new UnresumableDownloadException(
				this.misses.isEmpty() ? message : message + ": " + String.join(", ", this.misses), lastError);
	}

	@Override
	Answer invoke(S3Request request, AttemptContext attempt) throws Throwable {
		this.whole = (GetObjectRequest) request;
		this.location = attempt.location();
		return get(attempt, this.object.rest(this.whole, this.position), false);
	}

	/**
	 * Ask for the version where the object is not the one that it was.
	 */
	@Override
	public @Nullable S3Request question(Throwable error) {
		this.miss = (error instanceof S3Exception answer && isMiss(answer)) ? answer : null;
		return (this.miss != null && this.object.versionId() != null)
				? this.object.restOfVersion(Objects.requireNonNull(this.whole), this.position) : null;
	}

	@Override
	Answer ask(S3Request request, AttemptContext attempt) throws Throwable {
		try {
			return get(attempt, (GetObjectRequest) request, true);
		}
		catch (S3Exception ex) {
			if (ex.statusCode() >= 500) {
				throw ex;
			}
			S3Exception miss = Objects.requireNonNull(this.miss);
			miss.addSuppressed(ex);
			throw miss;
		}
	}

	private Answer get(AttemptContext attempt, GetObjectRequest request, boolean ofVersion) throws Throwable {
		ResponseTransformer<GetObjectResponse, Answer> open = ResponseTransformer
			.unmanaged((response, stream) -> new Answer(attempt.location(), response, stream, -1, attempt.progress()));
		Answer answer = Objects.requireNonNull((Answer) call(attempt.client(), request, open));
		try {
			requireRest(answer, ofVersion);
			int firstByte = answer.stream().read();
			if (firstByte < 0) {
				throw new EOFException("The answer ended before the first byte");
			}
			return answer.beginningWith(firstByte);
		}
		catch (IOException | RuntimeException ex) {
			answer.stream().abort();
			throw ex;
		}
	}

	private void requireRest(Answer answer, boolean ofVersion) {
		String problem = null;
		boolean same = this.object.hasETag(answer.response().eTag())
				|| (ofVersion && this.object.isVersion(answer.response(), this.versionSuffices));
		if (!same) {
			problem = "the object is another one at the " + answer.location().role();
		}
		else if (!this.object.goesOnWith(answer.response(), this.position)) {
			problem = "the answer of the " + answer.location().role() + " does not go on where the download broke";
		}
		if (problem != null) {
			this.misses.add(problem);
			throw SdkClientException.create("Not the rest of the download: " + problem);
		}
	}

	private static boolean isMiss(S3Exception error) {
		return error.statusCode() == 404 || error.statusCode() == 412;
	}

	/**
	 * Let the call go on whatever a location says: the one that broke had the object, and
	 * may still serve the rest.
	 */
	@Override
	public Failure refine(Failure failure, Throwable error) {
		if (this.location != null && error instanceof S3Exception answer && isMiss(answer)) {
			this.misses.add((answer.statusCode() == 404) ? "the object is missing at the " + this.location.role()
					: "the object is another one at the " + this.location.role());
		}
		boolean ofCaller = failure.kind() == FailureKind.CANCELLED || failure.kind() == FailureKind.CALLER;
		return ofCaller ? failure
				: new Failure(failure.kind(), true, failure.countsAgainstLocation(), failure.effect());
	}

	@Override
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return (result instanceof Answer answer) ? answer.response() : null;
	}

	@Override
	public Direction direction() {
		return Direction.DOWNLOAD;
	}

	/**
	 * An answer that brings the rest.
	 */
	record Answer(Location location, GetObjectResponse response, AbortableInputStream stream, int firstByte,
			@Nullable ByteProgress progress) {

		Answer beginningWith(int firstByte) {
			return new Answer(this.location, this.response, this.stream, firstByte, this.progress);
		}

	}

}
