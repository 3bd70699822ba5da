package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Holds the answers to one call against what was written when the call began. Not
 * thread-safe.
 */
public abstract class AnswerCheck {

	private final KeyHistory history;

	/** What is thrown in place of a stale answer; made with the first. */
	private @Nullable S3Exception refusal;

	/** What was thrown before it was found that there is another reason. */
	private @Nullable S3Exception earlierRefusal;

	private boolean buried;

	AnswerCheck(KeyHistory history) {
		this.history = history;
	}

	KeyHistory history() {
		return this.history;
	}

	/**
	 * Return whether a location took the last write, or one of those that overlapped, or
	 * has shown a later state.
	 * @param location the location
	 * @return whether it did
	 */
	public boolean isWriter(LocationRole location) {
		return this.history.hasWritten(location);
	}

	/**
	 * Judge an answer.
	 * @param location the location that answered
	 * @param response what it answered
	 * @param heard the time of this machine, in milliseconds since the epoch
	 * @return what it is worth
	 */
	public abstract Verdict judge(LocationRole location, @Nullable S3Response response, long heard);

	/**
	 * Judge an answer that says no.
	 * @param location the location that answered
	 * @param error what it answered
	 * @return what it is worth
	 */
	public abstract Verdict judge(LocationRole location, S3Exception error);

	/**
	 * Judge an answer that says no to what {@link #question} asks.
	 * @param location the location that answered
	 * @param error what it answered
	 * @return what it is worth
	 */
	public Verdict judgeSought(LocationRole location, S3Exception error) {
		return switch (error.statusCode()) {
			// A condition that is not met is an answer of what was asked for.
			case 304, 412, 416 -> Verdict.CURRENT;
			// That it must not be read by its version id does not concern the caller.
			default -> Verdict.BURIED;
		};
	}

	/**
	 * Take what a location that shows an object which this process has deleted tells of
	 * its versions: the answer to what {@link #question} asks then.
	 * @param location the location that answered
	 * @param versions what it answered
	 * @return whether the deletion was undone
	 */
	public boolean isUndeleted(LocationRole location, ListObjectVersionsResponse versions) {
		return false;
	}

	/**
	 * Return what a location needs to be told so that it does nothing by an old state.
	 * @param request the request as the location understands it
	 * @param location the location
	 * @return the same request, or one that fails where the state is an old one
	 * @throws S3Exception the refusal, if only an old state could be meant there
	 */
	public abstract S3Request guarded(S3Request request, LocationRole location);

	/**
	 * Return what to ask the location that has taken the last write, and shows an older
	 * one. Nothing is asked twice.
	 * @param location the location
	 * @param error the error of the attempt
	 * @return a request for the version that was written, or for all versions if it was a
	 * deletion, or {@code null} if there is nothing to ask
	 */
	public @Nullable S3Request question(LocationRole location, Throwable error) {
		return null;
	}

	/**
	 * Return what tells whether a deletion of this process has arrived late, where an
	 * answer does not.
	 * @param location the location that answered
	 * @param error what it answered
	 * @return a request for the newest version, or {@code null} if there is nothing to
	 * ask
	 */
	public @Nullable ListObjectVersionsRequest whyAbsent(LocationRole location, Throwable error) {
		return null;
	}

	/**
	 * Return whether what was remembered when the call began has proved wrong since.
	 * @return whether it has
	 */
	public boolean isOutdated() {
		return false;
	}

	/**
	 * Return whether what was written can prove that an answer is no older than another.
	 */
	boolean canProve() {
		return false;
	}

	/**
	 * Return whether an object proves to be no older than any other. Thread-safe.
	 * @param location the location that has it
	 * @param identity the object
	 * @param named whether the caller has named it, so that it suffices that nothing is
	 * known against it
	 */
	boolean proves(LocationRole location, ObjectIdentity identity, boolean named) {
		return false;
	}

	/**
	 * Return what the caller gets in place of an answer that is stale.
	 * @param verdict what the answer is worth
	 * @return the exception, the same for all answers to a call
	 */
	public final S3Exception refuse(Verdict verdict) {
		this.buried |= verdict == Verdict.BURIED;
		S3Exception refusal = (this.refusal != null) ? this.refusal : createRefusal();
		this.refusal = refusal;
		return refusal;
	}

	/**
	 * Return whether an error is the refusal of a stale answer.
	 * @param error the error
	 * @return whether it is
	 */
	public final boolean isRefusal(Throwable error) {
		return error == this.refusal || error == this.earlierRefusal;
	}

	/**
	 * Give another reason from now on.
	 */
	final void renewRefusal() {
		this.earlierRefusal = this.refusal;
		this.refusal = null;
	}

	/**
	 * Return whether an answer has shown that the last write is buried.
	 * @return whether one has
	 */
	public final boolean isBuried() {
		return this.buried;
	}

	abstract S3Exception createRefusal();

}
