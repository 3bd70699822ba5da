package io.s3s3.internal.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The source of a copy as one text, as in the header
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">
 * x-amz-copy-source</a>: a bucket and a key, or an access point, {@code object}, and a
 * key. The key, and a version that follows it, stay as they are encoded.
 *
 * @param bucket the name of the bucket, or the ARN of the access point
 * @param key the key and what follows it
 */
public record CopySource(String bucket, String key) {

	private static final String OBJECT = "/object/";

	private static final String VERSION = "?versionId=";

	static CopySource parse(String text) {
		String path = text.startsWith("/") ? text.substring(1) : text;
		if (path.indexOf('/') < 0) {
			// The separator may be encoded, too.
			path = path.replaceFirst("(?i)%2f", "/");
		}
		int end = isAccessPoint(path) ? path.indexOf(OBJECT) : path.indexOf('/');
		if (end < 0) {
			return new CopySource(path, "");
		}
		String key = path.substring(end + (isAccessPoint(path) ? OBJECT.length() : 1));
		return new CopySource(URLDecoder.decode(path.substring(0, end), StandardCharsets.UTF_8), key);
	}

	CopySource in(String bucket) {
		return new CopySource(bucket, this.key);
	}

	/**
	 * Return the decoded key, without a version.
	 */
	String decodedKey() {
		int end = this.key.indexOf(VERSION);
		String name = (end < 0) ? this.key : this.key.substring(0, end);
		try {
			return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	@Override
	public String toString() {
		return this.bucket + (isAccessPoint(this.bucket) ? OBJECT : "/") + this.key;
	}

	private static boolean isAccessPoint(String text) {
		return text.startsWith("arn:");
	}

}
