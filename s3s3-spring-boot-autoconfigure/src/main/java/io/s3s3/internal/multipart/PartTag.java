package io.s3s3.internal.multipart;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a location says about a part that it accepted. Immutable.
 *
 * @param eTag the ETag as received, empty if there is none
 * @param checksums the checksums, by their names
 */
record PartTag(String eTag, Map<String, String> checksums) {

	private static final String CHECKSUM = "Checksum";

	PartTag {
		checksums = Map.copyOf(checksums);
	}

	/**
	 * Take the tag of an answer.
	 * @param eTag the ETag
	 * @param answer has the checksums
	 */
	static PartTag of(@Nullable String eTag, SdkPojo answer) {
		Map<String, String> checksums = new HashMap<>();
		for (SdkField<?> field : answer.sdkFields()) {
			if (field.memberName().startsWith(CHECKSUM) && field.getValueOrDefault(answer) instanceof String checksum) {
				checksums.put(field.memberName(), checksum);
			}
		}
		return new PartTag((eTag != null) ? eTag : "", checksums);
	}

	/**
	 * Return whether an ETag is this one, quoted or not.
	 */
	boolean has(@Nullable String eTag) {
		return eTag != null && !eTag.isEmpty() && unquoted(this.eTag).equals(unquoted(eTag));
	}

	/**
	 * Return whether another tag has a different checksum. ETags may differ for the same
	 * bytes: if these are encrypted, the ETag is not a digest of them.
	 */
	boolean contradicts(PartTag other) {
		return this.checksums.entrySet()
			.stream()
			.anyMatch((
					entry) -> !entry.getValue().equals(other.checksums.getOrDefault(entry.getKey(), entry.getValue())));
	}

	/**
	 * Return whether another tag proves that the bytes are the same.
	 */
	boolean proves(PartTag other) {
		return has(other.eTag)
				|| this.checksums.entrySet().stream().anyMatch((entry) -> other.checksums.entrySet().contains(entry));
	}

	private static String unquoted(String eTag) {
		boolean quoted = eTag.length() > 1 && eTag.startsWith("\"") && eTag.endsWith("\"");
		return quoted ? eTag.substring(1, eTag.length() - 1) : eTag;
	}

}
