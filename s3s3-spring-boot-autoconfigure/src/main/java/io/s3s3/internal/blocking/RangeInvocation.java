package io.s3s3.internal.blocking;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.operation.RestOfDownload;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Requests the rest of a broken download from a location.
 */
final class RangeInvocation extends Invocation {

	private final RestOfDownload rest;

	RangeInvocation(RestOfDownload rest) {
		super(GET_OBJECT);
		this.rest = rest;
	}

	/**
	 * Return the error for the reader of the stream when no location has the rest.
	 */
	IOException impossible(Exception lastError) {
		return this.rest.impossible(lastError);
	}

	@Override
	Answer invoke(S3Request request, AttemptContext attempt) throws Throwable {
		return get(attempt, this.rest.requestFor(request, attempt.location()), false);
	}

	@Override
	public @Nullable S3Request question(Throwable error) {
		return this.rest.question(error);
	}

	@Override
	Answer ask(S3Request request, AttemptContext attempt) throws Throwable {
		try {
			return get(attempt, (GetObjectRequest) request, true);
		}
		catch (Throwable ex) {
			throw this.rest.answerTo(ex);
		}
	}

	private Answer get(AttemptContext attempt, GetObjectRequest request, boolean ofVersion) throws Throwable {
		ResponseTransformer<GetObjectResponse, Answer> open = ResponseTransformer
			.unmanaged((response, stream) -> new Answer(attempt.location(), response, stream, -1, attempt.progress()));
		Answer answer = Objects.requireNonNull((Answer) call(attempt.client(), request, open));
		try {
			this.rest.requireRest(answer.response(), attempt.location().role(), ofVersion);
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

	@Override
	public Failure refine(Failure failure, Throwable error) {
		return this.rest.refine(failure, error);
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
	 * An answer that contains the rest.
	 */
	record Answer(Location location, GetObjectResponse response, AbortableInputStream stream, int firstByte,
			@Nullable ByteProgress progress) {

		Answer beginningWith(int firstByte) {
			return new Answer(this.location, this.response, this.stream, firstByte, this.progress);
		}

	}

}
