package io.s3s3.internal.blocking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.s3s3.internal.consistency.Consistency;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Remembers key by key what one attempt of a batch deletion has deleted, or may have:
 * another attempt, at another location, may do the rest. Not thread-safe.
 */
final class WrittenKeys {

	private final Consistency consistency;

	private final LocationRole location;

	private final List<ObjectIdentifier> asked;

	private final long began = System.nanoTime();

	/**
	 * Create the memory of an attempt.
	 * @param attempt the attempt
	 * @param asked what it is to delete
	 */
	WrittenKeys(AttemptContext attempt, List<ObjectIdentifier> asked) {
		this.consistency = attempt.call().router().consistency();
		this.location = attempt.location().role();
		this.asked = asked;
	}

	/**
	 * Make the attempt. If nothing answers, each object may be deleted.
	 */
	DeleteObjectsResponse orPossibly(Attempt attempt) throws Throwable {
		try {
			return attempt.run();
		}
		catch (Throwable ex) {
			if (!(ex instanceof AwsServiceException answer) || answer.statusCode() >= 500) {
				possiblyDeleted(this.asked);
			}
			throw ex;
		}
	}

	/**
	 * Remember what an answer tells of each object.
	 */
	void remember(DeletionAnswer answer, DeleteObjectsResponse response) {
		Set<@Nullable String> refused = new HashSet<>();
		answer.refused().forEach((error) -> refused.add(error.key()));
		Map<@Nullable String, DeletedObject> told = new HashMap<>();
		answer.deleted().forEach((object) -> told.put(object.key(), object));
		List<DeletedObject> deleted = new ArrayList<>();
		for (ObjectIdentifier object : this.asked) {
			if (!refused.contains(object.key()) && !answer.failed().containsKey(object)) {
				DeletedObject known = told.get(object.key());
				deleted.add(DeletedObject.builder()
					.key(object.key())
					.versionId(object.versionId())
					.deleteMarkerVersionId((known != null) ? known.deleteMarkerVersionId() : null)
					.build());
			}
		}
		this.consistency.deleted(deleted, this.location, response, this.began, System.nanoTime());
		possiblyDeleted(answer.failed().keySet().stream().toList());
	}

	private void possiblyDeleted(List<ObjectIdentifier> objects) {
		List<String> keys = objects.stream()
			.filter((object) -> object.versionId() == null)
			.map(ObjectIdentifier::key)
			.toList();
		this.consistency.possiblyDeleted(keys, this.location, this.began, System.nanoTime());
	}

	/**
	 * A request to delete objects.
	 */
	interface Attempt {

		DeleteObjectsResponse run() throws Throwable;

	}

}
