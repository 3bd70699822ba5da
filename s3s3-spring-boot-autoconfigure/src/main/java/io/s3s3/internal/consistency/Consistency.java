package io.s3s3.internal.consistency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.WriteToken;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What the calls of a client promise in the light of what was written: by this process,
 * and by those whose tokens it was given. Immutable.
 */
public final class Consistency {

	private static final CarriedHistory[] NOTHING = {};

	private final WriteMemory memory;

	/** Whether answers are held against what was written. */
	private final boolean judges;

	/** What other processes have told. */
	private final CarriedHistory[] told;

	/**
	 * Create the promise of a client.
	 * @param memory what was written
	 * @param judges whether answers are held against that
	 */
	public Consistency(WriteMemory memory, boolean judges) {
		this(memory, judges, NOTHING);
	}

	private Consistency(WriteMemory memory, boolean judges, CarriedHistory[] told) {
		this.memory = memory;
		this.judges = judges;
		this.told = told;
	}

	/**
	 * Return what is promised of reads as they are served.
	 * @return nothing
	 */
	public Consistency asServed() {
		return new Consistency(this.memory, false, NOTHING);
	}

	/**
	 * Return what is promised after another process has told of a write.
	 * @param token tells of it
	 * @return that it is read, or refused
	 * @throws IllegalArgumentException if the token is of another pair
	 */
	public Consistency after(WriteToken token) {
		CarriedHistory[] more = Arrays.copyOf(this.told, this.told.length + 1);
		more[this.told.length] = this.memory.read(token);
		return new Consistency(this.memory, true, more);
	}

	/**
	 * Return a token of the last write of a key.
	 * @param key the key
	 * @return the token, or {@code null} if none is remembered
	 */
	public @Nullable WriteToken lastWrite(String key) {
		return this.memory.tokenOf(key);
	}

	/**
	 * Return what was written.
	 * @return the memory, the same for all promises of a client
	 */
	public WriteMemory memory() {
		return this.memory;
	}

	/**
	 * Return what was set.
	 * @return the settings, the same for all promises of a client
	 */
	public ConsistencySettings settings() {
		return this.memory.settings();
	}

	/**
	 * Return whether conditional puts carry a mark that their call recognizes.
	 * @return whether they do, the same for all promises of a client
	 */
	public boolean marksConditionalPuts() {
		return this.memory.settings().conditionalNonce();
	}

	/**
	 * Return whether there is nothing to hold answers against.
	 * @return whether that is so
	 */
	public boolean isEmpty() {
		return this.told.length == 0 && this.memory.writes().isEmpty();
	}

	/**
	 * Return where calls for a key go first.
	 * @param key the key, {@code null} if there is none
	 * @param first where they would go otherwise
	 * @param reads whether they only read
	 * @return the location that took the last write while the other one has not shown it,
	 * or {@code null} if they go where they would
	 */
	public @Nullable LocationRole heldAt(@Nullable String key, LocationRole first, boolean reads) {
		KeyHistory history = (key != null && (this.judges || !reads)) ? of(key) : null;
		return (history != null && !history.knows(first) && this.memory.isHeld(history, first)) ? history.writer()
				: null;
	}

	/**
	 * Return where alone a condition can be checked on the last write of a key.
	 * @param key the key, {@code null} if there is none
	 * @param first where that would be otherwise
	 * @return the location that took the last write, or {@code null} if the other one is
	 * known to have it as well
	 */
	public @Nullable LocationRole writerMissing(@Nullable String key, LocationRole first) {
		KeyHistory history = (key != null) ? of(key) : null;
		return (history != null && !history.knows(first)) ? history.writer() : null;
	}

	/**
	 * Return where a version was written.
	 * @param key the key
	 * @param versionId the version
	 * @return the location, or {@code null} if it is not remembered
	 */
	public @Nullable LocationRole writerOf(String key, String versionId) {
		KeyHistory history = of(key);
		return (history != null) ? history.writerOf(versionId) : null;
	}

	/**
	 * Return whether a location is not known to have the last write of some key.
	 * @param prefix what the key begins with
	 * @param location the location
	 * @return whether it may lack one
	 */
	public boolean mayLack(String prefix, LocationRole location) {
		return this.judges && this.memory.writes().mayLack(prefix, location);
	}

	/**
	 * Return whether an object that a location lists may be older than the last write.
	 * @param object the object
	 * @param location the location
	 * @return whether nothing tells that it is not
	 */
	public boolean mayBeOld(S3Object object, LocationRole location) {
		KeyHistory history = (this.judges && object.key() != null) ? of(object.key()) : null;
		if (history == null) {
			return false;
		}
		Sighting sighting = new Sighting(true, ObjectIdentity.of(null, object.eTag()), object.lastModified(), null);
		return new KeyJudge(history).judge(location, sighting) != Verdict.CURRENT;
	}

	/**
	 * Return what holds the answers to a read against what was written before it.
	 * @param request the request
	 * @param sourceKey the key of the source, if it is a copy within the pair
	 * @return the check, or {@code null} if there is nothing to hold them against
	 */
	public @Nullable AnswerCheck check(S3Request request, @Nullable String sourceKey) {
		ObjectRead read = this.judges ? ObjectRead.of(request, sourceKey) : null;
		if (read == null) {
			return null;
		}
		KeyHistory history = of(read.key());
		return (history != null) ? new ReadCheck(this.memory.writes(), read, request, history) : null;
	}

	/**
	 * Return what keeps the conditions of a write from being checked on an old state.
	 * @param request the request
	 * @param read the check of what it reads, if it does
	 * @return the check of both, or {@code null} if no old state is known
	 */
	public @Nullable AnswerCheck checkConditions(S3Request request, @Nullable AnswerCheck read) {
		WriteCondition condition = WriteCondition.of(request);
		if (condition == null) {
			return read;
		}
		KeyHistory history = of(condition.key());
		return (history != null) ? new ConditionCheck(this.memory.writes(), condition, history, read) : read;
	}

	/**
	 * Return what keeps the conditions in a batch deletion from being checked on old
	 * states.
	 * @param objects the objects that have a condition
	 * @return the conditions
	 */
	public DeletionConditions conditionsOf(List<ObjectIdentifier> objects) {
		Map<String, KeyHistory> histories = new HashMap<>();
		for (ObjectIdentifier object : objects) {
			KeyHistory history = of(object.key());
			if (history != null) {
				histories.put(object.key(), history);
			}
		}
		return new DeletionConditions(this.memory.writes(), histories);
	}

	private @Nullable KeyHistory of(String key) {
		for (CarriedHistory each : this.told) {
			if (each.isOf(key)) {
				this.memory.adopt(key, each);
			}
		}
		return this.memory.writes().of(key);
	}

}
