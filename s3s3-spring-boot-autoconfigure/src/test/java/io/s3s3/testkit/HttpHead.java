package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads heads of HTTP messages as they were sent.
 */
final class HttpHead {

	private HttpHead() {
	}

	/**
	 * Read a head with the empty line at its end, {@code null} if the stream ends before.
	 */
	static @Nullable String read(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int c = in.read(); c >= 0; c = in.read()) {
			head.append((char) c);
			if (c == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
				return head.toString();
			}
		}
		return null;
	}

	static long lengthIn(String head) {
		return head.toLowerCase(Locale.ROOT)
			.lines()
			.filter((line) -> line.startsWith("content-length:"))
			.mapToLong((line) -> Long.parseLong(line.substring(15).trim()))
			.findFirst()
			.orElse(0);
	}

}
