package io.s3s3.internal.consistency;

import java.util.Optional;

import io.s3s3.internal.text.ErrorCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Adds to a 404 what the versions of the object tell of it, by the header of S3 that
 * tells of a deletion.
 */
public abstract class ExplainedAbsence {

	/** Tells by "false" that there is no marker either, which S3 itself never does. */
	private static final String MARKER = ObjectRead.MARKER;

	/**
	 * Return what asks for the newest version of an object that is not there.
	 * @param request the request to read it
	 * @param error what it was answered
	 * @return the request, or {@code null} if it reads no object, or is answered
	 * otherwise
	 */
	public static @Nullable ListObjectVersionsRequest question(S3Request request, Throwable error) {
		ObjectRead read = (isPlainRead(request) && isUnexplained(error)) ? ObjectRead.of(request, null) : null;
		return (read != null && read.versionId() == null) ? question(read.key()) : null;
	}

	/**
	 * Return what asks for the newest version of an object.
	 * @param key its key
	 */
	static ListObjectVersionsRequest question(String key) {
		return allVersions(key).toBuilder().maxKeys(1).build();
	}

	/**
	 * Return what asks for the versions of an object, whose key XML need not be able to
	 * represent.
	 * @param key its key
	 */
	static ListObjectVersionsRequest allVersions(String key) {
		return ListObjectVersionsRequest.builder().prefix(key).encodingType(EncodingType.URL).build();
	}

	private static boolean isPlainRead(S3Request request) {
		return request instanceof GetObjectRequest || request instanceof HeadObjectRequest
				|| request instanceof GetObjectAttributesRequest;
	}

	/**
	 * Return whether an error says that there is no object, and not why.
	 */
	static boolean isUnexplained(Throwable error) {
		return error instanceof S3Exception answer && answer.statusCode() == 404
				&& !"NoSuchBucket".equals(ErrorCode.of(answer))
				&& httpOf(answer.awsErrorDetails()).firstMatchingHeader(MARKER).isEmpty();
	}

	/**
	 * Return a 404 that tells whether the object was deleted.
	 * @param error the 404
	 * @param key the key of the object
	 * @param versions the newest version of what begins with the key
	 * @return the same error if the object is there by now
	 */
	public static Throwable of(S3Exception error, String key, ListObjectVersionsResponse versions) {
		// Not every store returns as few versions as it is asked for.
		if (versions.versions()
			.stream()
			.anyMatch((version) -> key.equals(version.key()) && !Boolean.FALSE.equals(version.isLatest()))) {
			return error;
		}
		Optional<DeleteMarkerEntry> marker = versions.deleteMarkers()
			.stream()
			.filter((entry) -> key.equals(entry.key()) && !Boolean.FALSE.equals(entry.isLatest()))
			.findFirst();
		AwsErrorDetails details = error.awsErrorDetails();
		AwsErrorDetails.Builder explained = (details != null) ? details.toBuilder() : AwsErrorDetails.builder();
		SdkHttpResponse.Builder http = httpOf(details).toBuilder()
			.putHeader(MARKER, String.valueOf(marker.isPresent()));
		marker.map(DeleteMarkerEntry::versionId).ifPresent((version) -> http.putHeader(ObjectRead.VERSION_ID, version));
		return error.toBuilder().awsErrorDetails(explained.sdkHttpResponse(http.build()).build()).build();
	}

	private static SdkHttpResponse httpOf(@Nullable AwsErrorDetails details) {
		return (details != null && details.sdkHttpResponse() != null) ? details.sdkHttpResponse()
				: SdkHttpResponse.builder().statusCode(404).build();
	}

}
