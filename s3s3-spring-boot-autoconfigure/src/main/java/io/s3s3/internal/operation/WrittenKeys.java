package io.s3s3.internal.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.s3s3.failure.Effect;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Remembers, key by key, what one attempt of a batch deletion has deleted or may have
 * deleted: another attempt, at another location, may do the rest. Not thread-safe.
 */
public final class WrittenKeys {

	private final WriteMemory memory;

	private final LocationRole location;

	private final List<ObjectIdentifier> asked;

	private final long began = System.nanoTime();

	/**
	 * Create the memory of an attempt that begins now.
	 * @param memory remembers what was written
	 * @param location the location of the attempt
	 * @param asked the objects to delete
	 */
	public WrittenKeys(WriteMemory memory, LocationRole location, List<ObjectIdentifier> asked) {
		this.memory = memory;
		this.location = location;
		this.asked = asked;
	}

	/**
	 * Remember that the attempt failed. If there was no answer, each object may have been
	 * deleted.
	 * @param error the error
	 * @param effect what the attempt may have done
	 */
	public void failed(Throwable error, Effect effect) {
		boolean answered = error instanceof AwsServiceException answer && answer.statusCode() < 500;
		if (effect != Effect.NOT_SENT && !answered) {
			this.memory.possiblyDeleted(this.asked, this.location, this.began, System.nanoTime());
		}
	}

	/**
	 * Remember what an answer says about each object.
	 */
	void remember(DeletionAnswer answer, DeleteObjectsResponse response) {
		Map<@Nullable String, DeletedObject> told = new HashMap<>();
		answer.deleted()
			.stream()
			.filter((object) -> object.versionId() == null)
			.forEach((object) -> told.put(object.key(), object));
		List<DeletedObject> deleted = new ArrayList<>();
		for (ObjectIdentifier object : this.asked) {
			boolean refused = answer.refused().stream().anyMatch((error) -> isOf(error, object));
			if (!refused && !answer.failed().containsKey(object)) {
				DeletedObject known = told.get(object.key());
				deleted.add(DeletedObject.builder()
					.key(object.key())
					.versionId(object.versionId())
					.deleteMarkerVersionId((known != null) ? known.deleteMarkerVersionId() : null)
					.build());
			}
		}
		this.memory.deleted(deleted, this.location, response, this.began, System.nanoTime());
		this.memory.possiblyDeleted(answer.failed().keySet(), this.location, this.began, System.nanoTime());
	}

	private static boolean isOf(S3Error error, ObjectIdentifier object) {
		return object.key().equals(error.key())
				&& (error.versionId() == null || error.versionId().equals(object.versionId()));
	}

}
