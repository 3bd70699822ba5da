package io.s3s3.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * ETags as different servers write them: {@code "x"}, {@code W/"x"}, and {@code x}
 * without the quotes that RFC 9110 asks for, are the same object. A proxy makes an ETag
 * weak when it passes an answer on; {@code If-Match} compares strongly, so a weak one
 * would match nothing. Stateless.
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
		String strong = quoted ? text : '"' + text + '"';
		return (strong.length() > 2) ? strong : null;
	}

}
