package io.s3s3.internal.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

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
	 */
	public void failed(Throwable error) {
		if (!(error instanceof AwsServiceException answer) || answer.statusCode() >= 500) {
			this.memory.possiblyDeleted(this.asked, this.location, this.began, System.nanoTime());
		}
	}

	/**
	 * Remember what an answer says about each object.
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
		this.memory.deleted(deleted, this.location, response, this.began, System.nanoTime());
		this.memory.possiblyDeleted(answer.failed().keySet(), this.location, this.began, System.nanoTime());
	}

}
