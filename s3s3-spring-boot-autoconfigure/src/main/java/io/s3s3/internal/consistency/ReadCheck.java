package io.s3s3.internal.consistency;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Holds the answers to one call against what this process had written when the call
 * began. What is written meanwhile may be read, but need not. Not thread-safe.
 */
public final class ReadCheck {

	private final RecentWrites writes;

	private final ObjectRead read;

	private final S3Request request;

	private final KeyHistory history;

	/** What is thrown in place of a stale answer; made with the first. */
	private @Nullable S3Exception refusal;

	private boolean buried;

	ReadCheck(RecentWrites writes, ObjectRead read, S3Request request, KeyHistory history) {
		this.writes = writes;
		this.read = read;
		this.request = request;
		this.history = history;
	}

	/**
	 * Return the location that knows what this process wrote.
	 * @return the location, or {@code null} if there is none or more than one
	 */
	public @Nullable LocationRole writer() {
		return this.history.writer();
	}

	/**
	 * Judge an answer.
	 * @param location the location that answered
	 * @param response what it answered
	 * @param heard the time of this machine, in milliseconds since the epoch
	 * @return what it is worth
	 */
	public Verdict judge(LocationRole location, @Nullable S3Response response, long heard) {
		if (response instanceof CopyObjectResponse copy && this.read.versionId() == null) {
			return new KeyJudge(this.history).judgeCopy(location, WriteOutcome.sourceOf(copy));
		}
		Sighting sighting = ObjectRead.sightingOf(response, heard);
		// Who asks for a version gets what it asked for.
		return (sighting == null || this.read.versionId() != null) ? Verdict.CURRENT : judge(location, sighting);
	}

	/**
	 * Judge an answer that says no.
	 * @param location the location that answered
	 * @param error what it answered
	 * @return what it is worth
	 */
	public Verdict judge(LocationRole location, S3Exception error) {
		if (this.read.versionId() != null) {
			return (error.statusCode() == 404 && this.history.isVersionFromElsewhere(this.read.versionId(), location))
					? Verdict.STALE : Verdict.CURRENT;
		}
		return switch (error.statusCode()) {
			case 404 -> judge(location, Sighting.absent(ObjectRead.markerOf(error)));
			case 304 -> (this.read.ifNoneMatch() != null) ? judge(location, Sighting.unchanged(this.read.ifNoneMatch()))
					: Verdict.CURRENT;
			case 403, 412, 416 -> new KeyJudge(this.history).judgeRefusal(location);
			default -> Verdict.CURRENT;
		};
	}

	private Verdict judge(LocationRole location, Sighting sighting) {
		KeyHistory now = this.writes.of(this.read.key());
		if (now == null) {
			return Verdict.CURRENT;
		}
		Verdict verdict = new KeyJudge(now).judge(location, sighting);
		switch (verdict) {
			case CURRENT -> learn(now, now.shown(location, sighting, System.nanoTime()));
			case STALE -> learn(now, now.staleAt(location));
			case UNPROVEN, BURIED -> {
			}
		}
		return (verdict == Verdict.CURRENT || now == this.history) ? verdict
				: new KeyJudge(this.history).judge(location, sighting);
	}

	private void learn(KeyHistory before, KeyHistory after) {
		if (after != before) {
			this.writes.seen(this.read.key(), before, after);
		}
	}

	/**
	 * Return what a location needs to be told so that it copies nothing old.
	 * @param request the request as the location understands it
	 * @param location the location
	 * @return the same request, or one that fails where the source is an old one
	 * @throws S3Exception the refusal, if the source was deleted or cannot be told
	 */
	public S3Request guarded(S3Request request, LocationRole location) {
		boolean copies = request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest;
		if (!copies || this.read.versionId() != null || this.history.hasGot(location)) {
			return request;
		}
		if (this.history.isDeleted()) {
			throw refusal();
		}
		ObjectIdentity only = this.history.only();
		return (only != null) ? GuardedCopy.of(request, only) : request;
	}

	/**
	 * Return what the caller gets in place of an answer that is stale.
	 * @param verdict what the answer is worth
	 * @return the exception, the same for all answers to a call
	 */
	public S3Exception refuse(Verdict verdict) {
		this.buried |= verdict == Verdict.BURIED;
		return refusal();
	}

	/**
	 * Return whether an error is the refusal of a stale answer.
	 * @param error the error
	 * @return whether it is
	 */
	public boolean isRefusal(Throwable error) {
		return error == this.refusal;
	}

	/**
	 * Return what to ask the location that has taken the last write, and shows an older
	 * one.
	 * @param error the error of the attempt
	 * @return a request for the version that was written, or {@code null} if there is
	 * nothing to ask
	 */
	public @Nullable S3Request question(Throwable error) {
		String version = this.history.version();
		return (isRefusal(error) && this.buried && version != null) ? ObjectRead.versioned(this.request, version)
				: null;
	}

	/**
	 * Return whether an answer has shown that the last write is buried.
	 * @return whether one has
	 */
	public boolean isBuried() {
		return this.buried;
	}

	private S3Exception refusal() {
		if (this.refusal == null) {
			this.refusal = this.history.isDeleted() ? deleted() : new NotReplicatedException(describe());
		}
		return this.refusal;
	}

	private String describe() {
		String key = Printable.of(this.read.key());
		return this.buried ? "An older write of " + key + " has replaced the last one of this process"
				: "What this process wrote of " + key + " at the " + this.history.writer()
						+ " has not arrived at the location that could be asked";
	}

	private S3Exception deleted() {
		String message = "This process deleted " + Printable.of(this.read.key());
		NoSuchKeyException.Builder builder = NoSuchKeyException.builder();
		builder.message(message)
			.statusCode(404)
			.awsErrorDetails(
					AwsErrorDetails.builder().serviceName("S3").errorCode("NoSuchKey").errorMessage(message).build());
		return (S3Exception) builder.build();
	}

}
