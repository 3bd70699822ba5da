package io.s3s3.internal.call;

import io.s3s3.internal.consistency.ExplainedAbsence;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks for the versions of an object that does not exist, to find out whether it was
 * deleted.
 *
 * @param request the request for its versions
 * @param error the error that says that it does not exist
 * @param isPreliminary whether only the answer decides what the error is worth
 */
record AbsenceInquiry(ListObjectVersionsRequest request, S3Exception error, boolean isPreliminary) implements Inquiry {

	/**
	 * Return what to ask after an error.
	 * @param scope the scope of the call
	 * @param location the location that answered
	 * @param error its answer
	 * @return the inquiry, or {@code null} if there is nothing to explain
	 */
	static @Nullable Inquiry of(CallScope scope, Location location, Throwable error) {
		boolean answer = scope.events().whole() && error instanceof S3Exception;
		ListObjectVersionsRequest request = answer
				? scope.services().router().whyAbsent(scope.call().request(), location, error) : null;
		return (request != null) ? new AbsenceInquiry(request, (S3Exception) error, false) : null;
	}

	@Override
	public Throwable errorAfter(@Nullable Object answer) {
		return (answer instanceof ListObjectVersionsResponse versions)
				? ExplainedAbsence.of(this.error, this.request.prefix(), versions) : this.error;
	}

	@Override
	public Throwable errorAfter(Throwable failure) {
		return this.error;
	}

	@Override
	public @Nullable Object resultOf(@Nullable Object answer) {
		throw new IllegalStateException("What is not there is no result");
	}

}
