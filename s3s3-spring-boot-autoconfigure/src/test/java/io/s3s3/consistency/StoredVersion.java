package io.s3s3.consistency;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.DigestUtils;

/**
 * A version of an object, or the marker of its deletion.
 *
 * @param key the key
 * @param id the version id, in a bucket without versions one that nobody sees
 * @param content the bytes, with a number behind them if there is metadata, of which the
 * ETag tells nothing; {@code null} for a marker
 * @param written when it was written, by the clock of that store
 * @param epoch how many versions of the key that store has seen, this one included
 */
record StoredVersion(String key, String id, @Nullable String content, Instant written, long epoch) {

	/** What the content of others begins with. */
	static final String FOREIGN = "foreign-";

	private static final String NUMBER = "number";

	boolean isMarker() {
		return this.content == null;
	}

	byte[] bytes() {
		return bytesOf(Objects.requireNonNull(this.content)).getBytes(StandardCharsets.UTF_8);
	}

	Map<String, String> metadata() {
		return metadataOf(Objects.requireNonNull(this.content));
	}

	String eTag() {
		return eTagOf(Objects.requireNonNull(this.content));
	}

	static String eTagOf(String content) {
		return '"' + DigestUtils.md5DigestAsHex(bytesOf(content).getBytes(StandardCharsets.UTF_8)) + '"';
	}

	/**
	 * Return the content that bytes and metadata make.
	 */
	static String content(String bytes, Map<String, String> metadata) {
		String number = metadata.get(NUMBER);
		return (number != null) ? bytes + '#' + number : bytes;
	}

	static String bytesOf(String content) {
		int end = content.indexOf('#');
		return (end < 0) ? content : content.substring(0, end);
	}

	static Map<String, String> metadataOf(String content) {
		int end = content.indexOf('#');
		return (end < 0) ? Map.of() : Map.of(NUMBER, content.substring(end + 1));
	}

	static boolean haveSameBytes(@Nullable String one, String other) {
		return one != null && bytesOf(one).equals(bytesOf(other));
	}

}
