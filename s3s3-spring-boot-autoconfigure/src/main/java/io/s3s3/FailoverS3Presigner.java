package io.s3s3;

import io.s3s3.internal.engine.FailoverEngine;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.AbortMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.CompleteMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.CreateMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.DeleteObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.HeadBucketPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.HeadObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedAbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedCompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedCreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedDeleteObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedHeadBucketRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedHeadObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.model.PutObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.UploadPartPresignRequest;

import org.springframework.util.Assert;

/**
 * Signs URLs for the location that the call would go to first. A signed URL is bound to
 * that location: whoever uses it does not fail over. {@link #close()} does nothing: the
 * presigners of the locations are closed by who made them.
 */
final class FailoverS3Presigner implements S3Presigner {

	private final LocationPair pair;

	private final FailoverEngine engine;

	FailoverS3Presigner(LocationPair pair, FailoverEngine engine) {
		this.pair = pair;
		this.engine = engine;
	}

	@Override
	public PresignedGetObjectRequest presignGetObject(GetObjectPresignRequest presign) {
		Target target = targetOf("GetObject", presign.getObjectRequest());
		return target.presigner()
			.presignGetObject(presign.toBuilder().getObjectRequest(target.as(presign.getObjectRequest())).build());
	}

	@Override
	public PresignedHeadObjectRequest presignHeadObject(HeadObjectPresignRequest presign) {
		Target target = targetOf("HeadObject", presign.headObjectRequest());
		return target.presigner()
			.presignHeadObject(presign.toBuilder().headObjectRequest(target.as(presign.headObjectRequest())).build());
	}

	@Override
	public PresignedHeadBucketRequest presignHeadBucket(HeadBucketPresignRequest presign) {
		Target target = targetOf("HeadBucket", presign.headBucketRequest());
		return target.presigner()
			.presignHeadBucket(presign.toBuilder().headBucketRequest(target.as(presign.headBucketRequest())).build());
	}

	@Override
	public PresignedPutObjectRequest presignPutObject(PutObjectPresignRequest presign) {
		Target target = targetOf("PutObject", presign.putObjectRequest());
		return target.presigner()
			.presignPutObject(presign.toBuilder().putObjectRequest(target.as(presign.putObjectRequest())).build());
	}

	@Override
	public PresignedDeleteObjectRequest presignDeleteObject(DeleteObjectPresignRequest presign) {
		Target target = targetOf("DeleteObject", presign.deleteObjectRequest());
		return target.presigner()
			.presignDeleteObject(
					presign.toBuilder().deleteObjectRequest(target.as(presign.deleteObjectRequest())).build());
	}

	@Override
	public PresignedCreateMultipartUploadRequest presignCreateMultipartUpload(
			CreateMultipartUploadPresignRequest presign) {
		Target target = targetOf("CreateMultipartUpload", presign.createMultipartUploadRequest());
		return target.presigner()
			.presignCreateMultipartUpload(presign.toBuilder()
				.createMultipartUploadRequest(target.as(presign.createMultipartUploadRequest()))
				.build());
	}

	@Override
	public PresignedUploadPartRequest presignUploadPart(UploadPartPresignRequest presign) {
		Target target = targetOf("UploadPart", presign.uploadPartRequest());
		return target.presigner()
			.presignUploadPart(presign.toBuilder().uploadPartRequest(target.as(presign.uploadPartRequest())).build());
	}

	@Override
	public PresignedCompleteMultipartUploadRequest presignCompleteMultipartUpload(
			CompleteMultipartUploadPresignRequest presign) {
		Target target = targetOf("CompleteMultipartUpload", presign.completeMultipartUploadRequest());
		return target.presigner()
			.presignCompleteMultipartUpload(presign.toBuilder()
				.completeMultipartUploadRequest(target.as(presign.completeMultipartUploadRequest()))
				.build());
	}

	@Override
	public PresignedAbortMultipartUploadRequest presignAbortMultipartUpload(
			AbortMultipartUploadPresignRequest presign) {
		Target target = targetOf("AbortMultipartUpload", presign.abortMultipartUploadRequest());
		return target.presigner()
			.presignAbortMultipartUpload(presign.toBuilder()
				.abortMultipartUploadRequest(target.as(presign.abortMultipartUploadRequest()))
				.build());
	}

	@Override
	public void close() {
	}

	private Target targetOf(String operation, S3Request request) {
		if (this.engine.addressing().isForeign(request)) {
			Location primary = this.pair.primary();
			return new Target(primary, presignerOf(primary), request);
		}
		Location location = this.engine.router().route(operation, request).locations().get(0);
		return new Target(location, presignerOf(location), this.engine.addressing().address(request, location));
	}

	private static S3Presigner presignerOf(Location location) {
		S3Presigner presigner = location.presigner();
		Assert.state(presigner != null,
				() -> "The " + location.role() + " location has no presigner, so it can't sign URLs");
		return presigner;
	}

	/**
	 * Where a request would go, and the request as it would go there.
	 */
	private record Target(Location location, S3Presigner presigner, S3Request request) {

		@SuppressWarnings("unchecked")
		<R extends S3Request> R as(R original) {
			return (R) this.request;
		}

	}

}
