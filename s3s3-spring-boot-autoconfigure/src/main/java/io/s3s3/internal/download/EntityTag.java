package io.s3s3.internal.download;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * ETags as different servers write them: {@code "x"}, {@code W/"x"}, and {@code x}
 * without the quotes that RFC 9110 asks for, are the same object. A proxy makes an ETag
 * weak when it passes an answer on; {@code If-Match} compares strongly, so that a weak
 * one would match nothing. Stateless.
 */
public final class EntityTag {

	private EntityTag() {
	}

	/**
	 * Return an ETag as {@code If-Match} takes it.
	 * @param tag the ETag of an answer
	 * @return the strong ETag, in quotes, or {@code null} if there is none
	 */
	public static @Nullable String strong(@Nullable String tag) {
		if (tag == null) {
			return null;
		}
		String text = tag.strip();
		text = (text.startsWith("W/") || text.startsWith("w/")) ? text.substring(2) : text;
		boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
		String opaque = quoted ? text.substring(1, text.length() - 1) : text;
		if (opaque.isEmpty()) {
			return null;
		}
		return quoted ? text : '"' + opaque + '"';
	}

	/**
	 * Return whether the ETag of an object is made of its bytes: where a key of KMS or of
	 * the caller's encrypts them, it may be another one at each location.
	 * @param response an answer with the object
	 * @return whether equal bytes have equal ETags
	 */
	static boolean isOfContent(GetObjectResponse response) {
		return response.sseCustomerAlgorithm() == null && (response.serverSideEncryption() == null
				|| response.serverSideEncryption() == ServerSideEncryption.AES256);
	}

}
