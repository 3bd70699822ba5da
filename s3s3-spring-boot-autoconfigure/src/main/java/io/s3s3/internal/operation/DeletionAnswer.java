package io.s3s3.internal.operation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.s3s3.internal.text.ErrorCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * What an answer to a batch deletion says about each requested object. Services differ in
 * how they name it: with an empty version id although none was requested, or with an
 * encoded key. An object that is not mentioned is not deleted, unless the request asked
 * to list errors only.
 */
final class DeletionAnswer {

	private final Map<String, List<ObjectIdentifier>> asked = new LinkedHashMap<>();

	private final List<DeletedObject> deleted = new ArrayList<>();

	private final List<S3Error> refused = new ArrayList<>();

	private final Map<ObjectIdentifier, List<S3Error>> failed = new LinkedHashMap<>();

	/**
	 * Read an answer.
	 * @param asked the objects to delete
	 * @param quiet whether only errors are listed
	 * @param answer the answer
	 * @param curable whether another location may do better after an error
	 */
	DeletionAnswer(List<ObjectIdentifier> asked, boolean quiet, DeleteObjectsResponse answer,
			Predicate<S3Error> curable) {
		Set<ObjectIdentifier> missing = new LinkedHashSet<>(asked);
		missing.forEach((object) -> this.asked.computeIfAbsent(object.key(), (key) -> new ArrayList<>()).add(object));
		for (DeletedObject entry : answer.deleted()) {
			List<ObjectIdentifier> objects = find(entry.key(), entry.versionId());
			missing.removeAll(objects);
			this.deleted.add(objects.isEmpty() ? entry : entry.copy((copy) -> copy.key(objects.get(0).key())));
		}
		for (S3Error entry : answer.errors()) {
			List<ObjectIdentifier> objects = find(entry.key(), entry.versionId());
			missing.removeAll(objects);
			S3Error error = objects.isEmpty() ? entry : entry.copy((copy) -> copy.key(objects.get(0).key()));
			if (objects.isEmpty() || !curable.test(error)) {
				this.refused.add(error);
			}
			else {
				objects.forEach((object) -> fail(object, error));
			}
		}
		if (!quiet && saysAnything(answer)) {
			missing.forEach((object) -> fail(object, unmentioned(object)));
		}
	}

	/**
	 * Return the objects that were deleted, with the keys of the request.
	 */
	List<DeletedObject> deleted() {
		return this.deleted;
	}

	/**
	 * Return the errors that every location would return. These include errors that name
	 * no requested object.
	 */
	List<S3Error> refused() {
		return this.refused;
	}

	/**
	 * Return the objects that the location failed to delete, with its errors.
	 */
	Map<ObjectIdentifier, List<S3Error>> failed() {
		return this.failed;
	}

	private void fail(ObjectIdentifier object, S3Error error) {
		this.failed.computeIfAbsent(object, (any) -> new ArrayList<>()).add(error);
	}

	private List<ObjectIdentifier> find(@Nullable String key, @Nullable String versionId) {
		List<ObjectIdentifier> objects = this.asked.get(key);
		if (objects == null && key != null) {
			objects = this.asked.get(decoded(key));
		}
		if (objects == null) {
			return List.of();
		}
		String version = versionOf(versionId);
		List<ObjectIdentifier> same = objects.stream()
			.filter((object) -> Objects.equals(versionOf(object.versionId()), version))
			.toList();
		if (!same.isEmpty()) {
			return same;
		}
		return (version != null) ? objects.stream().filter((object) -> versionOf(object.versionId()) == null).toList()
				: objects;
	}

	private static @Nullable String versionOf(@Nullable String versionId) {
		return (versionId == null || versionId.isEmpty()) ? null : versionId;
	}

	private static String decoded(String key) {
		try {
			return URLDecoder.decode(key, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return key;
		}
	}

	/**
	 * Return whether the answer has content: a client that is not the SDK's own may
	 * return an empty one.
	 */
	private static boolean saysAnything(DeleteObjectsResponse answer) {
		return answer.sdkHttpResponse() != null || !answer.deleted().isEmpty() || !answer.errors().isEmpty();
	}

	private static S3Error unmentioned(ObjectIdentifier object) {
		return error(object, "InternalError", "The answer does not say whether the object was deleted");
	}

	/**
	 * Return the entry of an answer for an object whose separate deletion failed.
	 */
	static S3Error errorOf(ObjectIdentifier object, Throwable error) {
		return error(object, Objects.requireNonNullElse(ErrorCode.of(error), "ServiceUnavailable"), error.getMessage());
	}

	private static S3Error error(ObjectIdentifier object, String code, @Nullable String message) {
		return S3Error.builder().key(object.key()).versionId(object.versionId()).code(code).message(message).build();
	}

}
