package io.s3s3.consistency;

import io.s3s3.internal.text.CheckedText;

import org.springframework.util.Assert;

/**
 * Tells another process what this one has last written of a key, so that it reads that,
 * or an exception says that it cannot be. It is bound to the pair of buckets and the key,
 * names neither of them, and is a text of letters, digits, dashes, underscores and dots
 * that goes into a message or a header; treat it as opaque. It is no secret and no
 * permission. Immutable.
 *
 * @param value the text
 * @since 0.1.0
 */
public record WriteToken(String value) {

	/** What the text begins with: {@value}. */
	public static final String PREFIX = "s3s3w1.";

	/**
	 * Take a token that another process has sent.
	 * @throws IllegalArgumentException if the text is no token, or not whole
	 */
	public WriteToken {
		Assert.notNull(value, "value is required");
		Assert.isTrue(CheckedText.contentOf(PREFIX, value) != null,
				"This is no write token, or not the whole of one: it begins with '" + PREFIX
						+ "' and is passed on as it is");
	}

	/**
	 * Return the text.
	 */
	@Override
	public String toString() {
		return this.value;
	}

}
