package io.s3s3.consistency;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.DigestUtils;

/**
 * A version of an object, or the marker of its deletion.
 *
 * @param key the key
 * @param id the version id, in a bucket without versions one that nobody sees
 * @param content the content, {@code null} for a marker
 * @param written when it was written, by the clock of that store
 * @param epoch how many versions of the key that store has seen, this one included
 */
record StoredVersion(String key, String id, @Nullable String content, Instant written, long epoch) {

	/** What the content of others begins with. */
	static final String FOREIGN = "foreign-";

	boolean isMarker() {
		return this.content == null;
	}

	byte[] bytes() {
		return Objects.requireNonNull(this.content).getBytes(StandardCharsets.UTF_8);
	}

	String eTag() {
		return eTagOf(Objects.requireNonNull(this.content));
	}

	static String eTagOf(String content) {
		return '"' + DigestUtils.md5DigestAsHex(content.getBytes(StandardCharsets.UTF_8)) + '"';
	}

}
