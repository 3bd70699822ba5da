package io.s3s3.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import software.amazon.awssdk.http.SdkHttpHeaders;

/**
 * Distinguishes answers of S3 from those of something in front of it, such as a proxy, a
 * firewall or a captive portal. Other stores leave out most of what AWS sends, so its
 * absence proves nothing; an HTML page without any sign of S3 does. Stateless.
 */
public final class AnswerSigns {

	/** The number of bytes of a body that reveal an HTML page: {@value}. */
	public static final int PEEK = 512;

	/** Prefixes of the headers of S3 and of compatible stores. */
	private static final String[] OF_S3 = { "x-amz-", "x-rgw-", "x-goog-", "x-minio-", "x-oss-", "x-obs-", "x-cos-",
			"x-wasabi-", "x-ntap-", "x-emc-" };

	/** Prefixes of the headers of what AWS puts in front of S3. */
	private static final String[] OF_OTHERS = { "x-amz-cf-", "x-amz-apigw-" };

	/** What may stand before the first tag. */
	private static final String PROLOG = "(?:\uFEFF|\\s|<!--.*?-->|<\\?xml[^>]*>)*+";

	private static final Pattern PAGE = Pattern.compile(
			PROLOG + "<(?:!doctype\\s+html|html|head|body|title|meta|script)\\b.*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Pattern ERROR = Pattern.compile(PROLOG + "<Error(?:\\s[^>]*)?>.*", Pattern.DOTALL);

	private AnswerSigns() {
	}

	/**
	 * Return whether an answer has a header of S3. The SDK copies all headers for that,
	 * so check what is cheaper first.
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
	 * Return whether an answer has a header that describes an object: its ETag or its
	 * modification time.
	 * @param headers its headers
	 * @return whether it has one of them
	 */
	public static boolean describesObject(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("ETag").isPresent()
				|| headers.firstMatchingHeader("Last-Modified").isPresent();
	}

	/**
	 * Return whether an answer declares its body to be an HTML page.
	 * @param headers its headers
	 * @return whether it is of that type, and not empty
	 */
	public static boolean claimsHtml(SdkHttpHeaders headers) {
		String type = typeOf(headers);
		return (type.startsWith("text/html") || type.startsWith("application/xhtml")) && !isEmpty(headers);
	}

	/**
	 * Return whether an answer declares the length of its body.
	 * @param headers its headers
	 * @return whether it does
	 */
	public static boolean claimsLength(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("Content-Length").isPresent();
	}

	/**
	 * Return whether an answer declares a body that is not XML. A body without a type may
	 * be XML.
	 * @param headers its headers
	 * @return whether it has such a body
	 */
	public static boolean claimsOtherThanXml(SdkHttpHeaders headers) {
		String type = typeOf(headers);
		return claimsHtml(headers) || !(type.isEmpty() || type.contains("xml") || isEmpty(headers));
	}

	/**
	 * Return whether a body begins like an HTML page.
	 * @param beginning its first {@value #PEEK} bytes
	 * @param length how many there are
	 * @return whether it is a page
	 */
	public static boolean isPage(byte[] beginning, int length) {
		return PAGE.matcher(text(beginning, length)).matches();
	}

	/**
	 * Return whether a body begins like an error of S3.
	 * @param beginning its first {@value #PEEK} bytes
	 * @param length how many there are
	 * @return whether it is an error
	 */
	static boolean isError(byte[] beginning, int length) {
		return ERROR.matcher(text(beginning, length)).matches();
	}

	static String text(byte[] beginning, int length) {
		return new String(beginning, 0, Math.min(length, PEEK), StandardCharsets.UTF_8);
	}

	/**
	 * Return whether an answer declares an empty body.
	 */
	static boolean isEmpty(SdkHttpHeaders headers) {
		return "0".equals(headers.firstMatchingHeader("Content-Length").orElse(null));
	}

	private static String typeOf(SdkHttpHeaders headers) {
		return headers.firstMatchingHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
	}

}
