package io.s3s3.internal.client;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.call.CallEvents;
import io.s3s3.internal.multipart.PortableUploads.Signable;
import io.s3s3.internal.route.RequestValidator;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
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
 * that location and does not fail over. A request that would not be sent is not signed
 * either. {@link #close()} does nothing: whoever created the presigners of the locations
 * closes them.
 */
public final class FailoverS3Presigner implements S3Presigner {

	private final LocationPair pair;

	private final FailoverEngine engine;

	private final RequestListener listener;

	/**
	 * Create a presigner.
	 * @param pair the locations
	 * @param engine decides where a call would go
	 * @param listener receives the events
	 */
	public FailoverS3Presigner(LocationPair pair, FailoverEngine engine, RequestListener listener) {
		this.pair = pair;
		this.engine = engine;
		this.listener = listener;
	}

	@Override
	public PresignedGetObjectRequest presignGetObject(GetObjectPresignRequest presign) {
		Target<GetObjectRequest> target = targetOf("GetObject", presign.getObjectRequest());
		return target.presigner().presignGetObject(presign.toBuilder().getObjectRequest(target.request()).build());
	}

	@Override
	public PresignedHeadObjectRequest presignHeadObject(HeadObjectPresignRequest presign) {
		Target<HeadObjectRequest> target = targetOf("HeadObject", presign.headObjectRequest());
		return target.presigner().presignHeadObject(presign.toBuilder().headObjectRequest(target.request()).build());
	}

	@Override
	public PresignedHeadBucketRequest presignHeadBucket(HeadBucketPresignRequest presign) {
		Target<HeadBucketRequest> target = targetOf("HeadBucket", presign.headBucketRequest());
		return target.presigner().presignHeadBucket(presign.toBuilder().headBucketRequest(target.request()).build());
	}

	@Override
	public PresignedPutObjectRequest presignPutObject(PutObjectPresignRequest presign) {
		Target<PutObjectRequest> target = targetOf("PutObject", presign.putObjectRequest());
		return target.presigner().presignPutObject(presign.toBuilder().putObjectRequest(target.request()).build());
	}

	@Override
	public PresignedDeleteObjectRequest presignDeleteObject(DeleteObjectPresignRequest presign) {
		Target<DeleteObjectRequest> target = targetOf("DeleteObject", presign.deleteObjectRequest());
		return target.presigner()
			.presignDeleteObject(presign.toBuilder().deleteObjectRequest(target.request()).build());
	}

	@Override
	public PresignedCreateMultipartUploadRequest presignCreateMultipartUpload(
			CreateMultipartUploadPresignRequest presign) {
		Target<CreateMultipartUploadRequest> target = targetOf("CreateMultipartUpload",
				presign.createMultipartUploadRequest());
		return target.presigner()
			.presignCreateMultipartUpload(presign.toBuilder().createMultipartUploadRequest(target.request()).build());
	}

	@Override
	public PresignedUploadPartRequest presignUploadPart(UploadPartPresignRequest presign) {
		Target<UploadPartRequest> target = targetOf("UploadPart", presign.uploadPartRequest());
		return target.presigner().presignUploadPart(presign.toBuilder().uploadPartRequest(target.request()).build());
	}

	@Override
	public PresignedCompleteMultipartUploadRequest presignCompleteMultipartUpload(
			CompleteMultipartUploadPresignRequest presign) {
		Target<CompleteMultipartUploadRequest> target = targetOf("CompleteMultipartUpload",
				presign.completeMultipartUploadRequest());
		return target.presigner()
			.presignCompleteMultipartUpload(
					presign.toBuilder().completeMultipartUploadRequest(target.request()).build());
	}

	@Override
	public PresignedAbortMultipartUploadRequest presignAbortMultipartUpload(
			AbortMultipartUploadPresignRequest presign) {
		Target<AbortMultipartUploadRequest> target = targetOf("AbortMultipartUpload",
				presign.abortMultipartUploadRequest());
		return target.presigner()
			.presignAbortMultipartUpload(presign.toBuilder().abortMultipartUploadRequest(target.request()).build());
	}

	@Override
	public void close() {
	}

	private <R extends S3Request> Target<R> targetOf(String operation, R request) {
		if (this.engine.router().addressing().isForeign(request)) {
			return new Target<>(presignerOf(this.pair.primary()), request);
		}
		RequestValidator.requireSendable(request);
		Signable<R> upload = this.engine.portableUploads().sign(request);
		if (upload != null) {
			if (upload.newlyBound()) {
				new CallEvents(new S3Call(operation, request), this.listener, true).bound("a URL for it was signed");
			}
			return targetAt(upload.location(), upload.request());
		}
		return targetAt(this.engine.router().route(operation, request).locations().get(0), request);
	}

	@SuppressWarnings("unchecked") // an addressed request has the same type
	private <R extends S3Request> Target<R> targetAt(Location location, R request) {
		// Whoever uses the URL would have to send an expected owner as a header.
		return new Target<>(presignerOf(location),
				(R) this.engine.router().addressing().address(request, location.ofAnyOwner()));
	}

	private static S3Presigner presignerOf(Location location) {
		S3Presigner presigner = location.presigner();
		Assert.state(presigner != null,
				() -> "The " + location.role() + " location has no presigner, so it cannot sign URLs");
		return presigner;
	}

	/**
	 * The presigner for a request, and the request as that location would get it.
	 */
	private record Target<R extends S3Request>(S3Presigner presigner, R request) {

	}

}
