package io.s3s3.internal.multipart;

import java.io.IOException;
import java.util.concurrent.Executor;

import io.s3s3.internal.route.BucketAddressing;
import io.s3s3.internal.upload.IncompleteUploads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * What is needed to start uploads over elsewhere, and to clean up after them.
 * Thread-safe.
 *
 * @param addressing addresses requests to the bucket of a location
 * @param incomplete aborts what was left behind
 * @param threads the threads that make requests
 * @param concurrency how many parts of an upload are sent in parallel
 */
record Movers(BucketAddressing addressing, IncompleteUploads incomplete, Executor threads, int concurrency) {

	private static final Logger logger = LoggerFactory.getLogger(Movers.class);

	/**
	 * Record that an upload was begun whose id the caller does not know.
	 */
	void begun(PortableUpload upload, Incarnation there) {
		this.incomplete.begun(there.location(), abort(upload, there));
	}

	/**
	 * Record that an incarnation has ended.
	 */
	void ended(Incarnation there) {
		this.incomplete.ended(there.realId());
	}

	/**
	 * Have an incarnation aborted, or aborted later if its location does not answer.
	 */
	void leaveBehind(PortableUpload upload, Incarnation left) {
		this.incomplete.leftBehind(left.location(), abort(upload, left));
	}

	/**
	 * Release the bytes of an upload, and abort what was begun elsewhere and is
	 * incomplete.
	 */
	void release(PortableUpload upload, @Nullable Incarnation unfinished) {
		try {
			upload.bytes().close();
		}
		catch (IOException ex) {
			logger.debug("Could not close the kept parts of an upload", ex);
		}
		if (unfinished != null) {
			leaveBehind(upload, unfinished);
		}
	}

	private static AbortMultipartUploadRequest abort(PortableUpload upload, Incarnation there) {
		CreateMultipartUploadRequest request = upload.request();
		AbortMultipartUploadRequest.Builder abort = AbortMultipartUploadRequest.builder()
			.bucket(there.location().bucket())
			.key(request.key())
			.uploadId(there.realId())
			.requestPayer(request.requestPayer())
			.expectedBucketOwner(there.location().expectedBucketOwner());
		request.overrideConfiguration()
			.ifPresent((own) -> abort.overrideConfiguration(own.toBuilder().apiCallTimeout(null).build()));
		return abort.build();
	}

}
