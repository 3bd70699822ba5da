package io.s3s3.internal.download;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Which bytes of an object an answer says that it brings.
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte
 * @param total how many bytes the object has, or -1 if the answer did not tell
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

	// Whether there can be such a range.
	boolean isPossible() {
		return this.first <= this.last && this.last < ObjectRange.MAX_LENGTH
				&& (this.total < 0 || this.last < this.total) && this.total <= ObjectRange.MAX_LENGTH;
	}

	long length() {
		return this.last - this.first + 1;
	}

	// What is longer than a number can be is longer than an object can be.
	private static long numberOf(String digits) {
		try {
			return Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			return Long.MAX_VALUE;
		}
	}

}
