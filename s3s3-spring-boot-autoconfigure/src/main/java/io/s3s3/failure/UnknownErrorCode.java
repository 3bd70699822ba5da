package io.s3s3.failure;

import java.util.regex.Pattern;

/**
 * Judges an error code that is in no row of {@link ErrorCodes}.
 * <p>
 * With status 400, the request is to blame if the name says that something about it is
 * wrong, as S3's own names do ({@code InvalidTag}, {@code KeyTooLong},
 * {@code EncryptionTypeMismatch}): sent to the other location, a wrong write would either
 * fail there too, or silently succeed at that location alone, on every call. Every other
 * code of status 400, and one whose name speaks of credentials, the account or the
 * endpoint, fails over, since it may well be that only this location refuses; it does not
 * count against the location, since that may also be wrong. With any other status, the
 * status decides.
 */
abstract class UnknownErrorCode {

	private static final Pattern THROTTLING = Pattern
		.compile("Throttl|SlowDown|TooManyRequests|RateLimit|RateExceeded|RequestLimit");

	private static final Pattern BLAMES_REQUEST = Pattern
		.compile("^Bad|Invalid|Malformed|Missing|Unsupported|NotSupported|NotAllowed|NotValid|Illegal|"
				+ "Incorrect|Incompatible|Inconsistent|Insecure|Ambiguous|Unresolvable|Unrecognized|Duplicate|"
				+ "Conflicting|Mismatch|TooLong|TooShort|TooLarge|TooBig|TooSmall|TooMany|TooFew|OutOfRange|MustBe|"
				+ "Required");

	private static final Pattern SPEAKS_OF_LOCATION = Pattern
		.compile("Credential|AccessKey|Token|Signature|Account|Quota|Capacity|License|Endpoint|Region|Cluster|Server");

	static boolean throttles(String code) {
		return THROTTLING.matcher(code).find();
	}

	static boolean blamesRequest(String code) {
		return BLAMES_REQUEST.matcher(code).find() && !SPEAKS_OF_LOCATION.matcher(code).find();
	}

}
