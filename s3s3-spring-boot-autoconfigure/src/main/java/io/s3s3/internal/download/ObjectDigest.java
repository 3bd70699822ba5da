package io.s3s3.internal.download;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Compares the bytes of a whole object with what S3 says about them: a checksum,
 * otherwise the ETag <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html#AmazonS3-Type-Object-ETag">
 * where it is an MD5</a>. Not thread-safe.
 */
final class ObjectDigest {

	private static final Pattern MD5 = Pattern.compile("\"?([0-9a-fA-F]{32})\"?");

	private final SdkChecksum checksum;

	private final byte[] expected;

	private final boolean ofETag;

	private ObjectDigest(ChecksumAlgorithm algorithm, byte[] expected, boolean ofETag) {
		this.checksum = checksum(algorithm);
		this.expected = expected;
		this.ofETag = ofETag;
	}

	/**
	 * Create the digest for an answer.
	 * @param response the answer
	 * @return the digest, or {@code null} if the answer says nothing about its bytes as a
	 * whole: a checksum may be a checksum of checksums, an ETag may be anything
	 */
	static @Nullable ObjectDigest of(GetObjectResponse response) {
		ObjectRange object = ObjectRange.of(response);
		if (object == null || !object.isWhole()) {
			return null;
		}
		for (Map.Entry<ChecksumAlgorithm, @Nullable String> checksum : checksumsOf(response).entrySet()) {
			byte[] expected = decoded(checksum.getValue());
			if (expected.length > 0 && checksum(checksum.getKey()).getChecksumBytes().length == expected.length) {
				return new ObjectDigest(checksum.getKey(), expected, false);
			}
		}
		var md5 = MD5.matcher(object.eTag());
		return (md5.matches() && isContentTagged(response))
				? new ObjectDigest(DefaultChecksumAlgorithm.MD5, HexFormat.of().parseHex(md5.group(1)), true) : null;
	}

	/**
	 * Return the checksums of a response, the cheapest first. The XXHASH family is left
	 * out: the SDK supports it only with the AWS Common Runtime.
	 */
	private static Map<ChecksumAlgorithm, @Nullable String> checksumsOf(GetObjectResponse response) {
		Map<ChecksumAlgorithm, @Nullable String> checksums = new LinkedHashMap<>();
		if (response.checksumType() == ChecksumType.COMPOSITE) {
			return checksums;
		}
		checksums.put(DefaultChecksumAlgorithm.CRC32C, response.checksumCRC32C());
		checksums.put(DefaultChecksumAlgorithm.CRC32, response.checksumCRC32());
		checksums.put(DefaultChecksumAlgorithm.CRC64NVME, response.checksumCRC64NVME());
		checksums.put(DefaultChecksumAlgorithm.SHA1, response.checksumSHA1());
		checksums.put(DefaultChecksumAlgorithm.SHA256, response.checksumSHA256());
		checksums.put(DefaultChecksumAlgorithm.SHA512, response.checksumSHA512());
		checksums.put(DefaultChecksumAlgorithm.MD5, response.checksumMD5());
		return checksums;
	}

	/**
	 * Decode a checksum. Returns no bytes if it is not one of the whole object: a
	 * checksum of checksums ends in a hyphen and the number of parts.
	 */
	private static byte[] decoded(@Nullable String checksum) {
		try {
			return (checksum != null) ? Base64.getDecoder().decode(checksum) : new byte[0];
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private static SdkChecksum checksum(ChecksumAlgorithm algorithm) {
		return (algorithm == DefaultChecksumAlgorithm.CRC64NVME) ? new Crc64Nvme()
				: SdkChecksum.forAlgorithm(algorithm);
	}

	/**
	 * Return whether the digest is a guess: an ETag that looks like an MD5 need not be
	 * one.
	 */
	boolean isOfETag() {
		return this.ofETag;
	}

	void update(byte[] bytes, int offset, int length) {
		this.checksum.update(bytes, offset, length);
	}

	/**
	 * Return whether the bytes so far are the whole object. More may follow.
	 */
	boolean matches() {
		this.checksum.mark(0);
		boolean matches = Arrays.equals(this.expected, this.checksum.getChecksumBytes());
		this.checksum.reset();
		return matches;
	}

	void requireMatch() throws IOException {
		if (!matches()) {
			throw new IOException("The bytes of the object do not match its checksum");
		}
	}

	/**
	 * Return whether the ETag of an object depends on its bytes only: if a key of KMS or
	 * of the caller encrypts them, it may be different at each location.
	 * @param response an answer with the object
	 * @return whether equal bytes have equal ETags
	 */
	static boolean isContentTagged(GetObjectResponse response) {
		return response.sseCustomerAlgorithm() == null && (response.serverSideEncryption() == null
				|| response.serverSideEncryption() == ServerSideEncryption.AES256);
	}

}
