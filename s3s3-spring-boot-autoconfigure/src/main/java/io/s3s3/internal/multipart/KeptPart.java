package io.s3s3.internal.multipart;

import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * A part that a location took, with all that it takes to send it again. Immutable, and
 * another one for each time that a part of the number is sent.
 *
 * @param number its number
 * @param request the caller's request
 * @param told what the caller was told of it
 * @param begin where its bytes are, unless it is a copy
 * @param length how many there are
 */
record KeptPart(int number, S3Request request, PartTag told, long begin, long length) {

	boolean isCopy() {
		return this.request instanceof UploadPartCopyRequest;
	}

	/**
	 * Return whether it is the same part elsewhere. What is copied may be another object
	 * there, so that a copy must be proved to be the same.
	 */
	boolean isSameAs(PartTag there) {
		return this.told.contradicts(there) ? false : !isCopy() || this.told.proves(there);
	}

}
