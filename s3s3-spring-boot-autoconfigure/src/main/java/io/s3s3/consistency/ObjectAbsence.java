package io.s3s3.consistency;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Why an object could not be read. S3 answers "no such key" for very different reasons.
 *
 * @since 0.1.0
 */
public enum ObjectAbsence {

	/**
	 * It was deleted, by this process or by others.
	 */
	DELETED,

	/**
	 * It was written, and the location that could be asked does not have it yet.
	 */
	LAGGING,

	/**
	 * The location that was asked knows no version of it. In a bucket without versioning
	 * it may have been deleted.
	 */
	MISSING,

	/**
	 * The reason is not known.
	 */
	UNKNOWN;

	/** The header by which S3 reports a delete marker. */
	private static final String MARKER = "x-amz-delete-marker";

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	/**
	 * Find out why an object could not be read. S3 reports deletions only in buckets with
	 * versioning, and many compatible services not even then. With
	 * {@code s3s3.consistency.explain-absence}, the location is asked for the versions of
	 * the object.
	 * @param error what the call threw
	 * @return the reason, which is {@link #UNKNOWN} also for an error that does not mean
	 * that the object is absent
	 */
	public static ObjectAbsence of(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
			.limit(MAX_DEPTH)
			.filter(S3Exception.class::isInstance)
			.map(S3Exception.class::cast)
			.findFirst()
			.map(ObjectAbsence::of)
			.orElse(UNKNOWN);
	}

	private static ObjectAbsence of(S3Exception error) {
		if (error instanceof NotReplicatedException) {
			return LAGGING;
		}
		Optional<String> marker = (error.statusCode() == 404) ? markerIn(error.awsErrorDetails()) : Optional.empty();
		return marker.map((told) -> "true".equals(told) ? DELETED : MISSING).orElse(UNKNOWN);
	}

	private static Optional<String> markerIn(@Nullable AwsErrorDetails details) {
		SdkHttpResponse http = (details != null) ? details.sdkHttpResponse() : null;
		return (http != null) ? http.firstMatchingHeader(MARKER) : Optional.empty();
	}

}
