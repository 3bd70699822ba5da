package io.s3s3.internal.multipart;

import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * A part that a location accepted, with all that is needed to send it again. Immutable; a
 * new one for each time that a part of this number is sent.
 *
 * @param number its number
 * @param request the caller's request
 * @param told the ETag and checksums that the caller knows
 * @param begin where its bytes are, unless it is a copy
 * @param length its length
 */
record KeptPart(int number, S3Request request, PartTag told, long begin, long length) {

	boolean isCopy() {
		return this.request instanceof UploadPartCopyRequest;
	}

	/**
	 * Return whether the part is the same elsewhere. A copy must be proven to be the
	 * same, since its source may be a different object there.
	 */
	boolean isSameAs(PartTag there) {
		return this.told.contradicts(there) ? false : !isCopy() || this.told.proves(there);
	}

}
