package io.s3s3.internal.consistency;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
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
	public static final DeletionConditions NONE = new DeletionConditions(new RecentWrites(0), Collections.emptyMap());

	/** How a location tells that a condition does not hold. */
	private static final Set<String> DENIALS = Set.of("PreconditionFailed", "NoSuchKey");

	private final RecentWrites writes;

	/** What was remembered of the keys with a condition when the call began. */
	private final Map<String, KeyHistory> histories;

	DeletionConditions(RecentWrites writes, Map<String, KeyHistory> histories) {
		this.writes = writes;
		this.histories = new HashMap<>(histories);
	}

	/**
	 * Return why a location must not be asked to delete an object.
	 * @param object the object
	 * @param location the location
	 * @return what the caller gets instead, or {@code null} if it may be asked
	 */
	public @Nullable S3Exception refusal(ObjectIdentifier object, LocationRole location) {
		KeyHistory now = this.histories.containsKey(object.key()) ? this.writes.of(object.key()) : null;
		return (now != null && WriteCondition.of(object).mayHoldOfOld(now, location))
				? ConditionCheck.refusal(object.key(), now) : null;
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
		if (began == null || !denied || new KeyJudge(began).judgeRefusal(location) != Verdict.STALE) {
			return error;
		}
		return error.toBuilder()
			.code(NotReplicatedException.CODE)
			.message(ConditionCheck.refusal(error.key(), began).getMessage())
			.build();
	}

}
