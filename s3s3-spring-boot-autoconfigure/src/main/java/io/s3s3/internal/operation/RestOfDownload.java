package io.s3s3.internal.operation;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.download.ObjectRange;
import io.s3s3.internal.download.ResumePoint;
import io.s3s3.internal.download.UnresumableDownloadException;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * How the rest of a broken download is requested, and which answers are accepted: those
 * with the ETag, or otherwise the version id, of the first answer. Not thread-safe; one
 * per rest.
 */
public final class RestOfDownload {

	private final ObjectRange object;

	private final long position;

	private final boolean versionSuffices;

	/** The request of the last attempt for all of the object. */
	private @Nullable GetObjectRequest whole;

	private @Nullable Location location;

	private @Nullable S3Exception miss;

	/**
	 * Descriptions of the locations where the object does not exist, or is a different
	 * one.
	 */
	private final Set<String> misses = new LinkedHashSet<>(0);

	/**
	 * Create a rest.
	 * @param object the bytes that the download should have
	 * @param position how many of them have arrived
	 * @param versionSuffices whether the rest may come from the same version with another
	 * ETag
	 */
	public RestOfDownload(ObjectRange object, long position, boolean versionSuffices) {
		this.object = object;
		this.position = position;
		this.versionSuffices = versionSuffices;
	}

	/**
	 * Create the rest of a download.
	 * @param broken the download
	 */
	public RestOfDownload(ResumePoint broken) {
		this(broken.object(), broken.position(), broken.versionSuffices());
	}

	/**
	 * Begin an attempt.
	 * @param request the request for all of the object, as the location understands it
	 * @param location the location
	 * @return the request for the rest
	 */
	public GetObjectRequest requestFor(S3Request request, Location location) {
		this.whole = (GetObjectRequest) request;
		this.location = location;
		return this.object.rest(this.whole, this.position);
	}

	/**
	 * Return the request for the version, in case the object is no longer the same.
	 * @param error the error of the attempt
	 * @return the request, or {@code null} if that would not help
	 */
	public @Nullable S3Request question(Throwable error) {
		this.miss = (error instanceof S3Exception answer && isMiss(answer)) ? answer : null;
		return (this.miss != null && this.object.versionId() != null)
				? this.object.restOfVersion(Objects.requireNonNull(this.whole), this.position) : null;
	}

	/**
	 * Return the error of the attempt when the version could not be read either.
	 * @param error the error of the question
	 * @return the error of the attempt
	 */
	public Throwable answerTo(Throwable error) {
		if (!(error instanceof S3Exception answer) || answer.statusCode() >= 500) {
			return error;
		}
		S3Exception miss = Objects.requireNonNull(this.miss);
		miss.addSuppressed(error);
		return miss;
	}

	/**
	 * Require that an answer contains the rest.
	 * @param response the answer
	 * @param role the role of the location that gave it
	 * @param ofVersion whether the version was requested
	 * @throws SdkClientException if it does not
	 */
	public void requireRest(GetObjectResponse response, LocationRole role, boolean ofVersion) {
		String problem = null;
		boolean same = this.object.hasETag(response.eTag())
				|| (ofVersion && this.object.isVersion(response, this.versionSuffices));
		if (!same) {
			problem = "the object is different at the " + role;
		}
		else if (!this.object.goesOnWith(response, this.position)) {
			problem = "the answer of the " + role + " does not continue where the download broke";
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
	 * Let the call continue whatever a location says: the one that broke had the object,
	 * and may still serve the rest.
	 * @param failure what a failure means otherwise
	 * @param error the error
	 * @return the failure
	 */
	public Failure refine(Failure failure, Throwable error) {
		if (this.location != null && error instanceof S3Exception answer && isMiss(answer)) {
			this.misses.add((answer.statusCode() == 404) ? "the object is missing at the " + this.location.role()
					: "the object is different at the " + this.location.role());
		}
		boolean ofCaller = failure.kind() == FailureKind.CANCELLED || failure.kind() == FailureKind.CALLER;
		return ofCaller ? failure
				: new Failure(failure.kind(), true, failure.countsAgainstLocation(), failure.effect());
	}

	/**
	 * Return the error for the reader of the download when no location has the rest.
	 * @param lastError the last error
	 * @return the exception
	 */
	public IOException impossible(Throwable lastError) {
		String message = "The download broke after %d of %d bytes, and no location has the rest"
			.formatted(this.position, this.object.length());
		return new UnresumableDownloadException(
				this.misses.isEmpty() ? message : message + ": " + String.join(", ", this.misses), lastError);
	}

}
