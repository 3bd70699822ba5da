package io.s3s3.internal.call;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Asks for the versions of an object that this process has deleted, and that is there
 * again: somebody may have deleted the marker.
 *
 * @param request the request for its versions
 * @param guard takes the answer
 * @param location the location that is asked
 * @param error the refusal that counts unless the guard finds out better
 */
record UndeletionInquiry(ListObjectVersionsRequest request, ReadGuard guard, LocationRole location,
		Throwable error) implements Inquiry {

	@Override
	public Throwable errorAfter(@Nullable Object answer) {
		if (answer instanceof ListObjectVersionsResponse versions) {
			this.guard.hear(this.location, versions);
		}
		return this.error;
	}

	@Override
	public Throwable errorAfter(Throwable failure) {
		return this.error;
	}

	@Override
	public @Nullable Object resultOf(@Nullable Object answer) {
		throw new IllegalStateException("What was deleted is no result");
	}

	@Override
	public boolean isPreliminary() {
		return true;
	}

}
