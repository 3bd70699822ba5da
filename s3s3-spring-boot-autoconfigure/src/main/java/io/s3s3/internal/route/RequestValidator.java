package io.s3s3.internal.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

import io.s3s3.internal.text.Printable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Refuses, before anything is sent, what would not reach S3 as the caller means it. HTTP
 * headers carry neither characters beyond US-ASCII nor control characters: what arrives
 * would not be what was signed or meant. Half a surrogate pair turns into a question mark
 * on the way, and so into the name of another object. S3's rules are in <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
 * objects</a> and <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Working with
 * metadata</a>.
 */
public abstract class RequestValidator {

	private static final int MAX_KEY_BYTES = 1024;

	private static final int MAX_BYTES_OF_CHAR = 3;

	/** The SDK sends it, encoded, as part of a header. */
	private static final String SOURCE_KEY = "SourceKey";

	/** Encoded by the caller. */
	private static final String COPY_SOURCE = "CopySource";

	/** What may hold characters that are not sent as they are. */
	private static final Set<MarshallingType<?>> TEXTS = Set.of(MarshallingType.STRING, MarshallingType.MAP);

	private static final RequestFields<CheckedMember[]> MEMBERS = new RequestFields<>(RequestValidator::checkedOf);

	/**
	 * Check a request.
	 * @throws IllegalArgumentException if it would not reach S3 as it is meant
	 */
	public static void requireSendable(S3Request request) {
		for (CheckedMember member : MEMBERS.of(request)) {
			member.require(request);
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
						"The %s is not valid Unicode: there is half a surrogate pair (U+%04X) at index %d"
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

	private static CheckedMember[] checkedOf(List<SdkField<?>> fields) {
		return fields.stream().map(RequestValidator::checked).filter(Objects::nonNull).toArray(CheckedMember[]::new);
	}

	/**
	 * Return how a member is checked, which depends on where it is sent.
	 */
	private static @Nullable CheckedMember checked(SdkField<?> field) {
		if (!TEXTS.contains(field.marshallingType())) {
			return null;
		}
		if (field.memberName().equals(SOURCE_KEY)) {
			return new CheckedMember(field, false, (member, value) -> requireKey(member, (String) value));
		}
		return switch (field.location()) {
			case GREEDY_PATH -> new CheckedMember(field, true, (member, value) -> requireKey(member, (String) value));
			case QUERY_PARAM -> new CheckedMember(field, false, RequestValidator::requireUnicode);
			case HEADER -> field.memberName().equals(COPY_SOURCE) ? null
					: new CheckedMember(field, false, RequestValidator::requireHeader);
			default -> null;
		};
	}

	/**
	 * A member of a type of request, and what is required of it.
	 *
	 * @param field the member
	 * @param mandatory whether it must be there
	 * @param requirement what is required
	 */
	private record CheckedMember(SdkField<?> field, boolean mandatory,
			BiConsumer<String, @Nullable Object> requirement) {

		void require(S3Request request) {
			Object value = this.field.getValueOrDefault(request);
			if (value != null || this.mandatory) {
				this.requirement.accept(this.field.memberName(), value);
			}
		}

	}

}
