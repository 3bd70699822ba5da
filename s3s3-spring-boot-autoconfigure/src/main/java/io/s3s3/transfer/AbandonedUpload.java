package io.s3s3.transfer;

import java.util.concurrent.ExecutorService;

import io.s3s3.location.Location;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * An upload in parts that was given up and still holds its parts at a location.
 *
 * @param location where it is
 * @param request the request that aborts it
 * @param workers those who may still be sending parts
 */
record AbandonedUpload(Location location, AbortMultipartUploadRequest request, ExecutorService workers) {

	// Whether it is gone. A part that is on its way could outlive the abort.
	boolean abort() {
		if (!this.workers.isTerminated()) {
			return false;
		}
		try {
			this.location.client().abortMultipartUpload(this.request);
			return true;
		}
		catch (NoSuchUploadException ex) {
			return true;
		}
		catch (SdkException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "upload " + this.request.uploadId() + " of '" + this.request.key() + "' at the " + this.location.role()
				+ " location";
	}

}
