package io.s3s3.internal.route;

import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Chooses where a call goes first because of earlier writes: where the last write of its
 * key is, as long as that is not known to be elsewhere too. A location is chosen only if
 * it is well; {@code null} means where the call would go anyway. Thread-safe.
 *
 * @param director knows which locations are well
 * @param consistency knows what was written, and what reads promise
 */
record WriterChoice(TrafficDirector director, Consistency consistency) {

	/**
	 * Choose for a call about one key.
	 * @param key the key, or {@code null} if there is none
	 * @param first where it would go anyway
	 * @param reads whether it only reads
	 */
	@Nullable LocationRole forKey(@Nullable String key, LocationRole first, boolean reads) {
		LocationRole writer = this.consistency.heldAt(key, first, reads);
		return this.director.isForced() ? null : ifWell(writer);
	}

	/**
	 * Choose for a write with a condition. The condition can only be checked against the
	 * last write, so not even an operator sends it elsewhere.
	 */
	@Nullable LocationRole forCondition(S3Request request, @Nullable String key, LocationRole first) {
		String written = (request instanceof CopyObjectRequest copy) ? copy.destinationKey() : key;
		return ifWell(this.consistency.writerMissing(written, first));
	}

	/**
	 * Choose for a listing: the location that is known to have all last writes, if only
	 * one is.
	 */
	@Nullable LocationRole forListing(S3Request listing, LocationRole first) {
		boolean elsewhere = mayLack(listing, first) && !mayLack(listing, first.other()) && !this.director.isForced();
		return elsewhere ? ifWell(first.other()) : null;
	}

	/**
	 * Return whether a page that a location lists may lack a last write.
	 */
	boolean mayLack(S3Request request, LocationRole location) {
		return lists(request)
				&& this.consistency.mayLack(request.getValueForField("Prefix", String.class).orElse(""), location);
	}

	/**
	 * Return whether a page has an object that is not the last write.
	 */
	boolean mayShowOld(S3Response page, LocationRole location) {
		for (S3Object object : ListedKeys.objectsOf(page)) {
			if (this.consistency.mayBeOld(object, location)) {
				return true;
			}
		}
		return false;
	}

	static boolean lists(S3Request request) {
		return request instanceof ListObjectsV2Request || request instanceof ListObjectsRequest
				|| request instanceof ListObjectVersionsRequest;
	}

	/**
	 * Choose for the deletion of a version, which is not replicated.
	 */
	@Nullable LocationRole forVersion(S3Request request) {
		if (request instanceof DeleteObjectRequest delete && delete.key() != null && delete.versionId() != null) {
			return this.consistency.writerOf(delete.key(), delete.versionId());
		}
		if (request instanceof DeleteObjectsRequest deletes && deletes.delete() != null
				&& deletes.delete().objects().size() == 1) {
			ObjectIdentifier object = deletes.delete().objects().get(0);
			return (object.versionId() != null) ? this.consistency.writerOf(object.key(), object.versionId()) : null;
		}
		return null;
	}

	@Nullable LocationRole ifWell(@Nullable LocationRole location) {
		return (location != null && this.director.isWell(location)) ? location : null;
	}

}
