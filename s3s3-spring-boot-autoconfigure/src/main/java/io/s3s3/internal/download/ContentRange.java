package io.s3s3.internal.download;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object that an answer says it contains.
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte
 * @param total how many bytes the object has, or -1 if the answer did not say
 */
record ContentRange(long first, long last, long total) {

	private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

	static @Nullable ContentRange of(GetObjectResponse response) {
		if (response.contentRange() == null) {
			return null;
		}
		Matcher matcher = RANGE.matcher(response.contentRange().strip().toLowerCase(Locale.ROOT));
		return matcher.matches() ? new ContentRange(numberOf(matcher.group(1)), numberOf(matcher.group(2)),
				"*".equals(matcher.group(3)) ? -1 : numberOf(matcher.group(3))) : null;
	}

	/**
	 * Return whether such a range can exist.
	 */
	boolean isPossible() {
		return this.first <= this.last && this.last < ObjectRange.MAX_LENGTH
				&& (this.total < 0 || this.last < this.total) && this.total <= ObjectRange.MAX_LENGTH;
	}

	long length() {
		return this.last - this.first + 1;
	}

	/**
	 * Parse a number. One that is too large for a {@code long} is longer than any object.
	 */
	private static long numberOf(String digits) {
		try {
			return Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			return Long.MAX_VALUE;
		}
	}

}
