package io.s3s3.consistency;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Makes the answers of a store what they are on the wire: with the time of its clock, in
 * whole seconds.
 *
 * @param clock tells the time of the store
 * @param tellsMarkers whether a 404 tells of a marker, as S3 does and Ceph does not
 */
record StoreAnswers(Supplier<Instant> clock, boolean tellsMarkers) {

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // what an
																		// S3Response.Builder
																		// builds
	<T extends S3Response> T answer(S3Response.Builder builder) {
		builder.sdkHttpResponse(http(200).build());
		return (T) builder.build();
	}

	S3Exception missing(@Nullable StoredVersion marker) {
		SdkHttpResponse.Builder http = http(404);
		if (marker != null && this.tellsMarkers) {
			http.putHeader("x-amz-delete-marker", "true").putHeader("x-amz-version-id", marker.id());
		}
		return (S3Exception) NoSuchKeyException.builder()
			.statusCode(404)
			.message("The specified key does not exist.")
			.awsErrorDetails(details("NoSuchKey", http.build()))
			.build();
	}

	S3Exception error(int status, @Nullable String code) {
		return (S3Exception) S3Exception.builder()
			.statusCode(status)
			.message(String.valueOf(code))
			.awsErrorDetails(details(code, http(status).build()))
			.build();
	}

	static Instant lastModified(StoredVersion version) {
		return version.written().truncatedTo(ChronoUnit.SECONDS);
	}

	private static AwsErrorDetails details(@Nullable String code, SdkHttpResponse http) {
		return AwsErrorDetails.builder()
			.serviceName("S3")
			.errorCode(code)
			.errorMessage(code)
			.sdkHttpResponse(http)
			.build();
	}

	private SdkHttpResponse.Builder http(int status) {
		return SdkHttpResponse.builder()
			.statusCode(status)
			.putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(this.clock.get().atOffset(ZoneOffset.UTC)))
			.putHeader("x-amz-request-id", "simulated");
	}

}
