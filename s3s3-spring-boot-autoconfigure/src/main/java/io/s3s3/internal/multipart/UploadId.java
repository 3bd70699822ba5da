package io.s3s3.internal.multipart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The id of an upload as a caller holds it: it contains the real id and identifies the
 * location that issued it, so that any process can continue the upload. The same location
 * and the same real id always make the same id. It needs no encoding in a URL. <pre>
 * s3s31 p 9Vb3kPzq 0fG7sLw2 c81aQxTd MmY0ZDE
 *   │   │    │        │        │        └ the real id, in Base64
 *   │   │    │        │        └ a digest of everything else: not every text is an id
 *   │   │    │        └ a digest of the endpoint or the region, and
 *   │   │    └ one of the bucket: of the issuer, by which it is recognized
 *   │   └ the issuer's role where the id was made; elsewhere it may be the other one
 *   └ the prefix; there are no spaces
 * </pre> Immutable.
 */
final class UploadId {

	private static final String BEGIN = "s3s31";

	private static final int DIGEST = 8;

	private static final int AT_BUCKET = BEGIN.length() + 1;

	private static final int AT_PLACE = AT_BUCKET + DIGEST;

	private static final int AT_CHECK = AT_PLACE + DIGEST;

	private static final int AT_ID = AT_CHECK + DIGEST;

	private static final int MAX_LENGTH = 1024;

	private final String text;

	private final String realId;

	private UploadId(String text, String realId) {
		this.text = text;
		this.realId = realId;
	}

	/**
	 * Return the id that stands for a real one.
	 * @param issuer the location that issued the real id
	 * @param realId the real id
	 * @return the id, or the real one if that is too long
	 */
	static String of(Location issuer, String realId) {
		String id = encode(realId.getBytes(StandardCharsets.UTF_8));
		String begin = BEGIN + letterOf(issuer.role()) + digest(issuer.bucket()) + digest(placeOf(issuer));
		String text = begin + digest(begin + id) + id;
		return (text.length() <= MAX_LENGTH) ? text : realId;
	}

	/**
	 * Read an id.
	 * @param text any text
	 * @return the id, or {@code null} if it is not one that {@link #of} makes
	 */
	static @Nullable UploadId parse(@Nullable String text) {
		if (text == null || !text.startsWith(BEGIN) || text.length() <= AT_ID || text.length() > MAX_LENGTH) {
			return null;
		}
		String id = text.substring(AT_ID);
		if (!text.substring(AT_CHECK, AT_ID).equals(digest(text.substring(0, AT_CHECK) + id))) {
			return null;
		}
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(id);
			return encode(bytes).equals(id) ? new UploadId(text, new String(bytes, StandardCharsets.UTF_8)) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return the location that issued the real id.
	 * @param pair the pair to look for it in
	 * @return the location, or {@code null} if it does not belong to the pair
	 */
	@Nullable Location issuerIn(LocationPair pair) {
		List<Location> ofBucket = Stream.of(pair.primary(), pair.secondary())
			.filter((location) -> has(AT_BUCKET, location.bucket()))
			.toList();
		if (ofBucket.size() < 2) {
			return ofBucket.isEmpty() ? null : ofBucket.get(0);
		}
		List<Location> ofPlace = ofBucket.stream().filter((location) -> has(AT_PLACE, placeOf(location))).toList();
		if (ofPlace.size() == 1) {
			return ofPlace.get(0);
		}
		char letter = this.text.charAt(BEGIN.length());
		return (letterOf(LocationRole.PRIMARY) == letter) ? pair.primary() : pair.secondary();
	}

	private boolean has(int position, String named) {
		return this.text.startsWith(digest(named), position);
	}

	String realId() {
		return this.realId;
	}

	private static char letterOf(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? 'p' : 's';
	}

	private static String placeOf(Location location) {
		return ClientConfiguration.placeOf(location.client());
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return encode(Arrays.copyOf(digest, DIGEST * 6 / 8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
