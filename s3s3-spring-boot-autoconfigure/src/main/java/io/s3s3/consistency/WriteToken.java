package io.s3s3.consistency;

import io.s3s3.internal.text.CheckedText;

import org.springframework.util.Assert;

/**
 * Tells another process what this one has last written to a key, so that it reads that
 * write, or gets an exception if that is impossible. A token is bound to the pair of
 * buckets and the key without naming them. Its text of letters, digits, dashes,
 * underscores and dots fits into a message or a header; treat it as opaque. It is neither
 * a secret nor a permission. Immutable.
 *
 * @param value the text
 * @since 0.1.0
 */
public record WriteToken(String value) {

	/** The prefix of every token, {@value}. */
	public static final String PREFIX = "s3s3w1.";

	/**
	 * Create a token from the text that another process has sent.
	 * @throws IllegalArgumentException if the text is not a token, or incomplete
	 */
	public WriteToken {
		Assert.notNull(value, "value is required");
		Assert.isTrue(CheckedText.contentOf(PREFIX, value) != null,
				"This is not a write token, or an incomplete one: it begins with '" + PREFIX
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
