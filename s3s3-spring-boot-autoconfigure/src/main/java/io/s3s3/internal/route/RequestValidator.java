package io.s3s3.internal.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.s3s3.internal.text.Printable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Refuses what would not reach S3 as the caller means it, before anything is sent. HTTP
 * carries neither characters beyond US-ASCII nor control characters in a header: what
 * arrives is not what was signed, or not what was said. Half a surrogate pair becomes a
 * question mark on the way, and so the name of another object. S3's rules are in <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
 * objects</a> and <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Working with
 * metadata</a>.
 */
public final class RequestValidator {

	private static final int MAX_KEY_BYTES = 1024;

	private static final int MAX_BYTES_OF_CHAR = 3;

	/** The SDK sends it, encoded, as part of a header. */
	private static final String SOURCE_KEY = "SourceKey";

	/** Is encoded by whoever gives it. */
	private static final String COPY_SOURCE = "CopySource";

	private static final RequestFields<Members> MEMBERS = new RequestFields<>(Members::of);

	private RequestValidator() {
	}

	/**
	 * Check a request.
	 * @param request the request
	 * @throws IllegalArgumentException if it cannot be sent as it is meant
	 */
	public static void requireSendable(S3Request request) {
		Members members = MEMBERS.of(request);
		for (SdkField<?> key : members.keys()) {
			requireKey(key.memberName(), (String) key.getValueOrDefault(request));
		}
		for (SdkField<?> source : members.sources()) {
			requireKeyIfAny(source.memberName(), (String) source.getValueOrDefault(request));
		}
		for (SdkField<?> parameter : members.parameters()) {
			requireUnicode(parameter.memberName(), parameter.getValueOrDefault(request));
		}
		for (SdkField<?> header : members.headers()) {
			requireHeader(header.memberName(), header.getValueOrDefault(request));
		}
		if (request instanceof DeleteObjectsRequest deletion && deletion.delete() != null) {
			for (ObjectIdentifier object : deletion.delete().objects()) {
				requireKey("Key", object.key());
			}
		}
		request.overrideConfiguration().ifPresent((own) -> own.headers().forEach(RequestValidator::requireOwnHeader));
	}

	private static void requireOwnHeader(String name, List<String> values) {
		requireName("Override configuration", name);
		values.forEach((value) -> requirePrintable("header '" + name + "'", value));
	}

	private static void requireKey(String member, @Nullable String key) {
		if (key == null) {
			throw new IllegalArgumentException("The " + member + " is missing");
		}
		requireKeyIfAny(member, key);
	}

	private static void requireKeyIfAny(String member, @Nullable String key) {
		if (key == null) {
			return;
		}
		if (key.isEmpty()) {
			throw new IllegalArgumentException("The " + member + " is empty");
		}
		requireUnicode(member, key);
		if (key.length() * MAX_BYTES_OF_CHAR > MAX_KEY_BYTES) {
			int bytes = key.getBytes(StandardCharsets.UTF_8).length;
			if (bytes > MAX_KEY_BYTES) {
				throw new IllegalArgumentException("The %s beginning with '%s' has %d bytes in UTF-8, S3 allows %d"
					.formatted(member, Printable.of(key.substring(0, 40)), bytes, MAX_KEY_BYTES));
			}
		}
	}

	private static void requireUnicode(String member, @Nullable Object value) {
		if (!(value instanceof String text)) {
			return;
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!Character.isSurrogate(c)) {
				continue;
			}
			if (!Character.isHighSurrogate(c) || i + 1 == text.length()
					|| !Character.isLowSurrogate(text.charAt(i + 1))) {
				throw new IllegalArgumentException(
						"The %s is no Unicode text: there is half a surrogate pair (U+%04X) at index %d"
							.formatted(member, (int) c, i));
			}
			i++;
		}
	}

	private static void requireHeader(String member, @Nullable Object value) {
		if (value instanceof String text) {
			requirePrintable(member, text);
		}
		else if (value instanceof Map<?, ?> entries) {
			entries.forEach((name, text) -> {
				requireName(member, (String) name);
				requirePrintable(member + " '" + name + "'", (String) text);
			});
		}
	}

	/**
	 * Require a value that a header can carry. It may be a secret, so the message leaves
	 * it out.
	 */
	private static void requirePrintable(String member, @Nullable String text) {
		for (int i = 0; text != null && i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~') {
				throw new IllegalArgumentException(
						"The %s is sent as a header, which may have printable US-ASCII characters only, but has U+%04X at index %d"
							.formatted(member, (int) c, i));
			}
		}
	}

	/**
	 * Require a token of RFC 9110.
	 */
	private static void requireName(String member, @Nullable String name) {
		if (name == null || name.isEmpty() || !name.chars().allMatch(RequestValidator::isTokenCharacter)) {
			throw new IllegalArgumentException(
					"The %s has the name '%s', which cannot be the name of a header: it may have letters, digits and any of !#$%%&'*+-.^_`|~"
						.formatted(member, Printable.of(name)));
		}
	}

	private static boolean isTokenCharacter(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| (c < 128 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
	}

	/**
	 * The members of a type of request, by how they are sent.
	 *
	 * @param keys those that must name an object
	 * @param sources those that name the source of a copy, unless another member does
	 * @param parameters those of the query
	 * @param headers those that are sent as headers
	 */
	private record Members(List<SdkField<?>> keys, List<SdkField<?>> sources, List<SdkField<?>> parameters,
			List<SdkField<?>> headers) {

		static Members of(List<SdkField<?>> fields) {
			return new Members(find(fields, (field) -> field.location() == MarshallLocation.GREEDY_PATH),
					find(fields, (field) -> field.memberName().equals(SOURCE_KEY)),
					find(fields, (field) -> field.location() == MarshallLocation.QUERY_PARAM),
					find(fields, (field) -> field.location() == MarshallLocation.HEADER
							&& !field.memberName().equals(COPY_SOURCE)));
		}

		private static List<SdkField<?>> find(List<SdkField<?>> fields, Predicate<SdkField<?>> wanted) {
			return fields.stream().filter(wanted).toList();
		}

	}

}
