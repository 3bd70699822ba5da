package io.s3s3.internal.download;

import java.util.Map;

import io.s3s3.internal.text.EntityTag;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one version of an object that the first answer to a download promised. It
 * knows how to request those that are missing, and whether an answer contains them.
 * Immutable.
 *
 * @param first the offset of the first byte within the object
 * @param length how many bytes there are, or -1 if the answer did not say
 * @param total how many bytes the object has, or -1 if the answer did not say
 * @param eTag the strong ETag of the object, in quotes
 * @param versionId the version of the object, or {@code null} if it has none
 */
public record ObjectRange(long first, long length, long total, String eTag, @Nullable String versionId) {

	/** More than any object has: S3's largest has 50 TB. */
	static final long MAX_LENGTH = 1L << 50;

	/**
	 * Metadata of objects that any version of the S3 encryption client decrypts.
	 */
	private static final String[] ENCRYPTED = { "x-amz-key", "x-amz-iv", "x-amz-key-v2", "x-amz-cek-alg", "x-amz-c" };

	/**
	 * Find out what an answer promises.
	 * @param response the answer
	 * @return the range, or {@code null} if the rest of the object could not be told from
	 * that of another one: it has no ETag, does not say which bytes these are, or is
	 * decrypted by the client
	 */
	public static @Nullable ObjectRange of(GetObjectResponse response) {
		String eTag = EntityTag.strong(response.eTag());
		ContentRange range = ContentRange.of(response);
		if (eTag == null || isEncrypted(response.metadata()) || (range == null && isPartial(response))) {
			return null;
		}
		String version = response.versionId();
		String versionId = ("null".equals(version)) ? null : version;
		long length = (response.contentLength() != null) ? response.contentLength() : -1;
		return (range != null) ? new ObjectRange(range.first(), range.length(), range.total(), eTag, versionId)
				: new ObjectRange(0, length, length, eTag, versionId);
	}

	/**
	 * Return whether an object can have this length.
	 * @param length the length, or {@code null} if it is not known
	 * @return {@code false} if that is impossible
	 */
	public static boolean isPossibleLength(@Nullable Long length) {
		return length == null || (length >= 0 && length <= MAX_LENGTH);
	}

	/**
	 * Return whether an ETag is that of this object.
	 * @param tag the ETag of another answer
	 * @return whether it is the same
	 */
	public boolean hasETag(@Nullable String tag) {
		return this.eTag.equals(EntityTag.strong(tag));
	}

	/**
	 * Return whether an answer is of this version, although its ETag differs.
	 * @param rest the answer
	 * @param suffices whether the version suffices, whatever the ETag of the answer
	 * depends on
	 * @return whether it belongs to this object
	 */
	public boolean isVersion(GetObjectResponse rest, boolean suffices) {
		return this.versionId != null && this.versionId.equals(rest.versionId())
				&& (suffices || !ObjectDigest.isContentTagged(rest));
	}

	/**
	 * Return whether these are all bytes of the object.
	 * @return whether none is left out
	 */
	public boolean isWhole() {
		return this.first == 0 && this.length == this.total;
	}

	/**
	 * Return a part of these bytes.
	 * @param offset where it begins among them
	 * @param length how many bytes it has
	 * @return the part
	 */
	ObjectRange part(long offset, long length) {
		return new ObjectRange(this.first + offset, length, this.total, this.eTag, this.versionId);
	}

	/**
	 * Create the request for the missing bytes of exactly this object.
	 * @param request the request that the first answer answered
	 * @param position how many bytes have arrived
	 * @return the request
	 */
	public GetObjectRequest rest(GetObjectRequest request, long position) {
		return rest(request, position, this.eTag, request.versionId());
	}

	/**
	 * Create the request for the missing bytes of this version, whatever its ETag.
	 * Replication keeps version ids; the ETag of a replica may differ when it is
	 * encrypted with another key.
	 * @param request the request that the first answer answered
	 * @param position how many bytes have arrived
	 * @return the request
	 */
	public GetObjectRequest restOfVersion(GetObjectRequest request, long position) {
		return rest(request, position, null, this.versionId);
	}

	private GetObjectRequest rest(GetObjectRequest request, long position, @Nullable String ifMatch,
			@Nullable String version) {
		long from = this.first + position;
		String to = (this.length >= 0) ? Long.toString(this.first + this.length - 1) : "";
		return request.toBuilder()
			.range("bytes=" + from + "-" + to)
			.partNumber(null)
			.ifMatch(ifMatch)
			.ifNoneMatch(null)
			.ifModifiedSince(null)
			.ifUnmodifiedSince(null)
			.versionId(version)
			.build();
	}

	/**
	 * Return whether an answer contains the missing bytes, up to the last.
	 * @param rest the answer
	 * @param position how many bytes had arrived
	 * @return whether it continues where they end
	 */
	public boolean goesOnWith(GetObjectResponse rest, long position) {
		ContentRange range = ContentRange.of(rest);
		if (range == null || !range.isPossible() || range.first() != this.first + position) {
			return false;
		}
		if (this.length < 0) {
			return range.last() == range.total() - 1;
		}
		return range.last() == this.first + this.length - 1
				&& (this.total < 0 || range.total() < 0 || range.total() == this.total);
	}

	/**
	 * Return these bytes with the end that an answer to a request for the rest has told.
	 * @param rest the answer
	 * @return the range, of a length that is known
	 */
	public ObjectRange completedBy(GetObjectResponse rest) {
		ContentRange range = ContentRange.of(rest);
		if (this.length >= 0 || range == null) {
			return this;
		}
		return new ObjectRange(this.first, range.total() - this.first, range.total(), this.eTag, this.versionId);
	}

	/**
	 * Return whether a response contains a part of an object without a usable range.
	 */
	private static boolean isPartial(GetObjectResponse response) {
		return response.contentRange() != null
				|| (response.sdkHttpResponse() != null && response.sdkHttpResponse().statusCode() == 206);
	}

	static boolean isEncrypted(@Nullable Map<String, String> metadata) {
		for (String name : ENCRYPTED) {
			if (metadata != null && metadata.containsKey(name)) {
				return true;
			}
		}
		return false;
	}

}
