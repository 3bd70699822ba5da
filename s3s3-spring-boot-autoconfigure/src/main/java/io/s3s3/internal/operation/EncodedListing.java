package io.s3s3.internal.operation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.stream.XMLStreamException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Turns a listing into one with encoded keys, and its answer, which the SDK has decoded,
 * back. Works on {@link SdkField}s and so knows hardly any operation by name.
 * <p>
 * Anybody who may choose a key can choose one that cannot be represented in XML, and so
 * break every listing that contains it. Keys are therefore requested in the <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">encoding of
 * URLs</a> unless the caller asks for an encoding; the answer looks as if they had not
 * been encoded.
 * <p>
 * Some services claim to encode, but leave the prefix, or the start of the next page, as
 * it is. The client then fails to decode or to parse the page, which is requested again:
 * as the caller asked, or with one key less, so that it ends elsewhere.
 */
public final class EncodedListing {

	private static final String ENCODING_TYPE = "EncodingType";

	private static final Set<String> SIZES = Set.of("MaxKeys", "MaxUploads");

	/** Members that S3 repeats from the request. */
	private static final Set<String> REPEATED = Set.of("Prefix", "Delimiter", "Marker", "KeyMarker", "StartAfter");

	/** Members that say where the next page begins. */
	private static final Set<String> NEXT = Set.of("NextMarker", "NextKeyMarker");

	private static final int DEFAULT_SIZE = 1000;

	private static final Pattern BAD_CHARACTER = Pattern.compile("(?is).*(illegal|invalid).*character.*");

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	private EncodedListing() {
	}

	/**
	 * Return whether a request asks for an encoding itself.
	 * @param request the request
	 * @return whether it does
	 */
	public static boolean asksForEncoding(S3Request request) {
		return request.getValueForField(ENCODING_TYPE, String.class).isPresent();
	}

	/**
	 * Return the request for encoded keys.
	 * @param request the request for the same keys
	 * @return the request
	 */
	public static S3Request requestFor(S3Request request) {
		return with(request, Objects.requireNonNull(find(request, Set.of(ENCODING_TYPE))), EncodingType.URL.toString());
	}

	/**
	 * Return whether a client failed to decode a page.
	 * @param error what it threw
	 * @return whether the page should be requested without an encoding
	 */
	public static boolean isUndecodable(Throwable error) {
		return causesOf(error).anyMatch(IllegalArgumentException.class::isInstance);
	}

	/**
	 * Return what to request in place of a page that could not be parsed.
	 * @param request the request for the page
	 * @param error what the client threw
	 * @return the request for one key less, or {@code null} if the request was for a
	 * single key, or the error is a different one
	 */
	public static @Nullable S3Request shorter(S3Request request, Throwable error) {
		return causesOf(error).anyMatch(EncodedListing::isBadCharacter) ? shortened(request) : null;
	}

	private static boolean isBadCharacter(Throwable cause) {
		return cause instanceof XMLStreamException && cause.getMessage() != null
				&& BAD_CHARACTER.matcher(cause.getMessage()).matches();
	}

	private static Stream<Throwable> causesOf(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause).limit(MAX_DEPTH);
	}

	private static @Nullable S3Request shortened(S3Request request) {
		SdkField<?> field = Objects.requireNonNull(find(request, SIZES));
		Integer size = (Integer) field.getValueOrDefault(request);
		int shorter = ((size != null) ? size : DEFAULT_SIZE) - 1;
		return (shorter > 0) ? with(request, field, shorter) : null;
	}

	private static S3Request with(S3Request request, SdkField<?> field, Object value) {
		AwsRequest.Builder builder = request.toBuilder();
		field.set(builder, value);
		return (S3Request) builder.build();
	}

	/**
	 * Return an answer as if the keys had not been encoded.
	 * @param page the answer, as the SDK decoded it
	 * @param asked the request before it asked for encoded keys
	 * @return the same answer if it was not encoded
	 */
	public static S3Response restored(S3Response page, S3Request asked) {
		if (!page.getValueForField(ENCODING_TYPE, String.class)
			.filter(EncodingType.URL.toString()::equals)
			.isPresent()) {
			return page;
		}
		SdkResponse.Builder builder = page.toBuilder();
		for (SdkField<?> field : page.sdkFields()) {
			Object value = field.getValueOrDefault(page);
			if (field.memberName().equals(ENCODING_TYPE)) {
				field.set(builder, null);
			}
			else if (value != null && REPEATED.contains(field.memberName())) {
				asked.getValueForField(field.memberName(), String.class)
					.ifPresent((original) -> field.set(builder, original));
			}
			else if (value != null && NEXT.contains(field.memberName())) {
				field.set(builder, nextMarker((String) value, page));
			}
		}
		return (S3Response) builder.build();
	}

	/**
	 * Return the marker as S3 sent it. If it was not encoded, it was decoded
	 * nevertheless; its key is on the page.
	 */
	private static String nextMarker(String marker, S3Response page) {
		List<@Nullable String> ends = endsOf(page);
		if (ends.contains(marker)) {
			return marker;
		}
		return ends.stream()
			.filter(Objects::nonNull)
			.filter((end) -> marker.equals(decoded(end)))
			.findFirst()
			.orElse(marker);
	}

	private static List<@Nullable String> endsOf(S3Response page) {
		List<@Nullable String> ends = new ArrayList<>();
		if (page instanceof ListObjectsResponse list) {
			addLast(ends, list.contents().stream().map((object) -> object.key()).toList());
			addLast(ends, prefixesOf(list.commonPrefixes()));
		}
		else if (page instanceof ListObjectVersionsResponse list) {
			addLast(ends, list.versions().stream().map((version) -> version.key()).toList());
			addLast(ends, list.deleteMarkers().stream().map((marker) -> marker.key()).toList());
			addLast(ends, prefixesOf(list.commonPrefixes()));
		}
		else if (page instanceof ListMultipartUploadsResponse list) {
			addLast(ends, list.uploads().stream().map((upload) -> upload.key()).toList());
			addLast(ends, prefixesOf(list.commonPrefixes()));
		}
		return ends;
	}

	private static List<String> prefixesOf(List<CommonPrefix> prefixes) {
		return prefixes.stream().map(CommonPrefix::prefix).toList();
	}

	private static void addLast(List<@Nullable String> ends, List<String> keys) {
		if (!keys.isEmpty()) {
			ends.add(keys.get(keys.size() - 1));
		}
	}

	private static @Nullable String decoded(String key) {
		try {
			return URLDecoder.decode(key, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable SdkField<?> find(SdkPojo pojo, Set<String> members) {
		for (SdkField<?> field : pojo.sdkFields()) {
			if (members.contains(field.memberName())) {
				return field;
			}
		}
		return null;
	}

}
