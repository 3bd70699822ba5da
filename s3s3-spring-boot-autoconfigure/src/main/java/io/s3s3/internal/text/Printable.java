package io.s3s3.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes text of unknown origin fit to be shown. A key is chosen by an end user, a code or
 * a message by whatever answers: what could begin a line of the log, color a terminal or
 * turn the order of letters around is shown as an escape, such as <code>\n</code> or
 * <code>&#92;u001b</code>. For texts that people read only; values stay as they are.
 */
public abstract class Printable {

	/**
	 * Return a text with its invisible, acting characters escaped.
	 * @param value what to show; its text counts
	 * @return the text, the same if there is nothing to escape
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
	 * Return whether a character acts: control characters (C0, DEL, C1), those that
	 * format (bidirectional embeddings, overrides and isolates, zero widths, the byte
	 * order mark), other ends of lines, and halves of surrogate pairs.
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
