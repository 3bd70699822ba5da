package io.s3s3.internal.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * Encodes bytes as a text of letters, digits, dashes, underscores and dots, with a prefix
 * that says what it is and a checksum that shows that it is complete.
 */
public abstract class CheckedText {

	private static final int CHECKSUM = Integer.BYTES;

	/**
	 * Return bytes as text.
	 * @param prefix says what it is
	 * @param content the bytes
	 * @return the text
	 */
	public static String of(String prefix, byte[] content) {
		byte[] checked = ByteBuffer.allocate(content.length + CHECKSUM)
			.put(content)
			.putInt(checksumOf(content))
			.array();
		return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
	}

	/**
	 * Decode a text.
	 * @param prefix what the text must begin with
	 * @param text the text
	 * @return the bytes, or {@code null} if the text is anything else, or incomplete
	 */
	public static byte @Nullable [] contentOf(String prefix, String text) {
		if (!text.startsWith(prefix)) {
			return null;
		}
		byte[] checked;
		try {
			checked = Base64.getUrlDecoder().decode(text.substring(prefix.length()));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		int length = checked.length - CHECKSUM;
		if (length < 0) {
			return null;
		}
		byte[] content = Arrays.copyOf(checked, length);
		return (ByteBuffer.wrap(checked, length, CHECKSUM).getInt() == checksumOf(content)) ? content : null;
	}

	private static int checksumOf(byte[] content) {
		CRC32 checksum = new CRC32();
		checksum.update(content);
		return (int) checksum.getValue();
	}

}
