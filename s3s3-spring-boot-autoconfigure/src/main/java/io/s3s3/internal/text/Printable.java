package io.s3s3.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes text of unknown origin safe to show. A key is chosen by an end user, a code or a
 * message by whatever server answers: characters that could begin a line of the log,
 * color a terminal or reverse the order of letters are shown as escapes, such as
 * <code>\n</code> or <code>&#92;u001b</code>. Only for texts that people read; values
 * stay as they are.
 */
public abstract class Printable {

	/**
	 * Return a text with its invisible control characters escaped.
	 * @param value the object whose text to show
	 * @return the text, unchanged if there is nothing to escape
	 */
	public static String of(@Nullable Object value) {
		String text = String.valueOf(value);
		return text.codePoints().anyMatch(Printable::acts) ? escape(text) : text;
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		text.codePoints().forEach((c) -> {
			switch (c) {
				case '\n' -> escaped.append("\\n");
				case '\r' -> escaped.append("\\r");
				case '\t' -> escaped.append("\\t");
				default -> append(escaped, c);
			}
		});
		return escaped.toString();
	}

	private static void append(StringBuilder escaped, int c) {
		if (!acts(c)) {
			escaped.appendCodePoint(c);
			return;
		}
		for (char half : Character.toChars(c)) {
			escaped.append("\\u%04x".formatted((int) half));
		}
	}

	/**
	 * Return whether a character is to be escaped: control characters (C0, DEL, C1),
	 * formatting characters (bidirectional embeddings, overrides and isolates, zero
	 * widths, the byte order mark), other line ends, and halves of surrogate pairs.
	 */
	private static boolean acts(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				true;
			default -> false;
		};
	}

}
