package io.s3s3.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import software.amazon.awssdk.http.SdkHttpHeaders;

/**
 * Tells an answer of S3 from that of something in front of it: a proxy, a firewall, the
 * page that asks a traveller to log in. Most of what AWS sends other stores leave out, so
 * that its absence tells nothing; a page of HTML with nothing of S3 about it does.
 * Stateless.
 */
public final class AnswerSigns {

	/** How many bytes of a body tell whether it is a page of HTML. */
	public static final int PEEK = 512;

	/** Headers of S3, and of stores that speak its language, begin so. */
	private static final String[] OF_S3 = { "x-amz-", "x-rgw-", "x-goog-", "x-minio-", "x-oss-", "x-obs-", "x-cos-",
			"x-wasabi-", "x-ntap-", "x-emc-" };

	/** Headers of what AWS puts in front of S3 begin so. */
	private static final String[] OF_OTHERS = { "x-amz-cf-", "x-amz-apigw-" };

	/** After a byte order mark, white space, comments and an XML declaration. */
	private static final Pattern PAGE = Pattern.compile(
			"(?:\uFEFF|\\s|<!--.*?-->|<\\?xml[^>]*>)*+<(?:!doctype\\s+html|html|head|body|title|meta|script)\\b.*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private AnswerSigns() {
	}

	/**
	 * Return whether an answer has a header that is S3's. The SDK copies all headers to
	 * find out: ask what is cheaper first.
	 * @param headers its headers
	 * @return whether there is one
	 */
	public static boolean hasHeaderOfS3(SdkHttpHeaders headers) {
		return headers.anyMatchingHeader((name) -> startsWithAny(name, OF_S3) && !startsWithAny(name, OF_OTHERS));
	}

	private static boolean startsWithAny(String name, String[] beginnings) {
		for (String beginning : beginnings) {
			if (name.regionMatches(true, 0, beginning, 0, beginning.length())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether an answer has what goes with an object: its ETag, or when it was
	 * modified.
	 * @param headers its headers
	 * @return whether it has one of them
	 */
	public static boolean describesObject(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("ETag").isPresent()
				|| headers.firstMatchingHeader("Last-Modified").isPresent();
	}

	/**
	 * Return whether an answer says that its body is a page of HTML.
	 * @param headers its headers
	 * @return whether it is of that type, and not empty
	 */
	public static boolean claimsHtml(SdkHttpHeaders headers) {
		String type = typeOf(headers);
		return (type.startsWith("text/html") || type.startsWith("application/xhtml")) && !isEmpty(headers);
	}

	/**
	 * Return whether an answer says how long its body is.
	 * @param headers its headers
	 * @return whether it does
	 */
	public static boolean claimsLength(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("Content-Length").isPresent();
	}

	/**
	 * Return whether an answer says that it has a body which is neither of XML nor of a
	 * type that is left open.
	 * @param headers its headers
	 * @return whether it has such a body
	 */
	public static boolean claimsOtherThanXml(SdkHttpHeaders headers) {
		String type = typeOf(headers);
		return claimsHtml(headers) || !(type.isEmpty() || type.contains("xml") || isEmpty(headers));
	}

	/**
	 * Return whether a body begins as a page of HTML does.
	 * @param beginning its first {@value #PEEK} bytes
	 * @param length how many there are
	 * @return whether it is a page
	 */
	public static boolean isPage(byte[] beginning, int length) {
		return PAGE.matcher(new String(beginning, 0, Math.min(length, PEEK), StandardCharsets.UTF_8)).matches();
	}

	/**
	 * Return whether an answer says that its body is empty.
	 */
	static boolean isEmpty(SdkHttpHeaders headers) {
		return "0".equals(headers.firstMatchingHeader("Content-Length").orElse(null));
	}

	private static String typeOf(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
	}

}
