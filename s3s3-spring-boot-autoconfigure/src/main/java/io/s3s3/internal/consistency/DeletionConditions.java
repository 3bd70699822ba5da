package io.s3s3.internal.consistency;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps the conditions in a batch deletion from being checked on states that this process
 * has replaced, object by object, as those of other writes are: a location that has not
 * got the last write of a key is not asked, and what it says is worth nothing.
 * Thread-safe.
 */
public final class DeletionConditions {

	/** Keeps nothing. */
	public static final DeletionConditions NONE = new DeletionConditions(new LocalWrites(0), Collections.emptyMap());

	private static final String ABSENT = "NoSuchKey";

	/** How a location tells that a condition does not hold. */
	private static final Set<String> DENIALS = Set.of("PreconditionFailed", ABSENT);

	private final RecentWrites writes;

	/** What was remembered of the keys with a condition when the call began. */
	private final Map<String, KeyHistory> histories;

	DeletionConditions(RecentWrites writes, Map<String, KeyHistory> histories) {
		this.writes = writes;
		this.histories = histories;
	}

	/**
	 * Return the objects that a location must not be asked to delete.
	 * @param objects the objects of a deletion
	 * @param location the location
	 * @return those of them, in their order, with what the caller gets instead
	 */
	public Map<ObjectIdentifier, S3Exception> refusals(List<ObjectIdentifier> objects, LocationRole location) {
		if (this.histories.isEmpty()) {
			return Map.of();
		}
		Map<ObjectIdentifier, S3Exception> refusals = new LinkedHashMap<>();
		for (ObjectIdentifier object : objects) {
			KeyHistory now = this.histories.containsKey(object.key()) ? this.writes.of(object.key()) : null;
			S3Exception refusal = (now != null) ? WriteCondition.of(object).refusal(now, location) : null;
			if (refusal != null) {
				refusals.put(object, refusal);
			}
		}
		return refusals;
	}

	/**
	 * Return what the error of an object is worth.
	 * @param error the error
	 * @param location the location that told it
	 * @return the same error, or what the caller gets instead
	 */
	public S3Error worth(S3Error error, LocationRole location) {
		KeyHistory began = this.histories.get(error.key());
		boolean denied = error.code() != null && DENIALS.contains(error.code());
		if (began == null || !denied
				|| new KeyJudge(began).judgeDenial(location, ABSENT.equals(error.code())) != Verdict.STALE) {
			return error;
		}
		return error.toBuilder()
			.code(NotReplicatedException.CODE)
			.message(WriteCondition.unchecked(error.key(), began).getMessage())
			.build();
	}

}
