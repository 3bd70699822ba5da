package io.s3s3.internal.upload;

import java.time.Duration;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * The location and the request of an attempt to store an object, and what observes it.
 *
 * @param location the location
 * @param request the request to store the object, addressed to the location
 * @param judge judges the outcomes of its requests
 * @param progress receives the progress of the attempt, or {@code null}
 * @param started when the attempt began, by nanoTime
 */
record UploadTarget(Location location, PutObjectRequest request, AnswerJudge judge, @Nullable ByteProgress progress,
		long started) {

	/**
	 * Return the target of an attempt in parts that begins now.
	 */
	UploadTarget inParts(String contentType) {
		return new UploadTarget(this.location, MultipartRequests.describe(client(), this.request, contentType),
				this.judge, this.progress, System.nanoTime());
	}

	S3Client client() {
		return this.location.client();
	}

	/**
	 * Return the request with the time left for it.
	 */
	PutObjectRequest requestInTime() {
		return MultipartRequests.withTimeLeft(this.request, Duration.ofNanos(System.nanoTime() - this.started));
	}

	<R extends S3Response> R checked(R response) {
		this.judge.requireS3(response);
		return response;
	}

}
