package io.s3s3.internal.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Verifies that the bytes of a download belong together. Not thread-safe.
 *
 * @param digest digests the bytes as they pass, or {@code null} if they are digested
 * later or not at all
 * @param version whether bytes of the same version belong together, whatever their ETags:
 * because a digest will tell, or because the ETags say nothing about the bytes; evaluated
 * only if an answer breaks
 */
record BodyVerification(@Nullable ObjectDigest digest, BooleanSupplier version) {

	/**
	 * Return how the bytes of an answer are verified.
	 * @param response the answer
	 * @param running whether the bytes are digested as they pass
	 * @param kept whether the bytes are kept, so that they can be digested at the end
	 */
	static BodyVerification of(GetObjectResponse response, boolean running, boolean kept) {
		return new BodyVerification(running ? ObjectDigest.of(response) : null,
				() -> !ObjectDigest.isContentTagged(response)
						|| ((running || kept) && ObjectDigest.of(response) != null));
	}

	/**
	 * Verify a complete object, if its answer says anything about its bytes.
	 * @param response the answer
	 * @param bytes the object
	 * @throws RetryableException if it is a different object
	 */
	static void requireWhole(GetObjectResponse response, byte[] bytes) {
		ObjectDigest digest = ObjectDigest.of(response);
		if (digest == null) {
			return;
		}
		digest.update(bytes, 0, bytes.length);
		try {
			digest.requireMatch();
		}
		catch (IOException ex) {
			throw RetryableException.create("Failed to read response.", ex);
		}
	}

	boolean versionSuffices() {
		return this.version.getAsBoolean();
	}

	void update(byte[] bytes, int offset, int length) {
		if (this.digest != null) {
			this.digest.update(bytes, offset, length);
		}
	}

	void update(ByteBuffer bytes) {
		if (this.digest != null) {
			byte[] copy = new byte[bytes.remaining()];
			bytes.duplicate().get(copy);
			this.digest.update(copy, 0, copy.length);
		}
	}

	/**
	 * Verify that an object of unknown length ends here: its answer ends wherever the
	 * connection does.
	 */
	void requireEnd(long position) throws EOFException {
		if (this.digest != null && !this.digest.matches()) {
			throw new EOFException(
					"The answer ended after %d bytes, which do not match its checksum".formatted(position));
		}
	}

	/**
	 * Verify all bytes. Those of one answer of known length are not in doubt.
	 */
	void requireMatch(boolean doubtful) throws IOException {
		if (this.digest != null && (doubtful || !this.digest.isOfETag())) {
			this.digest.requireMatch();
		}
	}

	/**
	 * Verify that no byte follows the last one. The SDK verifies its own checksum there.
	 */
	static void requireNoMore(InputStream in, long length) throws IOException {
		int value = -1;
		try {
			value = in.read();
		}
		catch (AbortedException ex) {
			throw ex;
		}
		catch (SdkException ex) {
			throw mismatch(ex);
		}
		catch (IOException ex) {
			// It broke after the last byte: nothing is missing.
		}
		if (value >= 0) {
			throw new IOException("The answer has more than the %d bytes that it announced".formatted(length));
		}
	}

	/**
	 * Return what to throw if the SDK's own verification failed after the last byte.
	 */
	static IOException mismatch(SdkException cause) {
		return new IOException("The bytes of the object do not match its checksum", cause);
	}

}
