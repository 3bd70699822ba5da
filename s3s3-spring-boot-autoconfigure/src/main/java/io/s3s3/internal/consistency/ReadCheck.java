package io.s3s3.internal.consistency;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Holds the answers to one call against what this process had written when the call
 * began. What is written meanwhile may be read, but need not. Not thread-safe.
 */
final class ReadCheck extends AnswerCheck {

	private final RecentWrites writes;

	private final ObjectRead read;

	private final S3Request request;

	ReadCheck(RecentWrites writes, ObjectRead read, S3Request request, KeyHistory history) {
		super(history);
		this.writes = writes;
		this.read = read;
		this.request = request;
	}

	@Override
	public Verdict judge(LocationRole location, @Nullable S3Response response, long heard) {
		if (response instanceof CopyObjectResponse copy && this.read.versionId() == null) {
			return new KeyJudge(history()).judgeCopy(location, WriteOutcome.sourceOf(copy));
		}
		Sighting sighting = ObjectRead.sightingOf(response, heard);
		// Who asks for a version gets what it asked for.
		return (sighting == null || this.read.versionId() != null) ? Verdict.CURRENT : judge(location, sighting);
	}

	@Override
	public Verdict judge(LocationRole location, S3Exception error) {
		if (this.read.versionId() != null) {
			return (error.statusCode() == 404 && history().isVersionFromElsewhere(this.read.versionId(), location))
					? Verdict.STALE : Verdict.CURRENT;
		}
		return switch (error.statusCode()) {
			case 404 -> judge(location, Sighting.absent(ObjectRead.markerOf(error)));
			case 304 -> judgeUnchanged(location);
			case 403, 412, 416 -> new KeyJudge(history()).judgeRefusal(location);
			default -> Verdict.CURRENT;
		};
	}

	/**
	 * Judge that what the caller has is still there. A date does not tell what that is,
	 * nor do several ETags which one it is.
	 */
	private Verdict judgeUnchanged(LocationRole location) {
		String eTag = this.read.ifNoneMatch();
		return (eTag == null || eTag.contains(",") || eTag.contains("*"))
				? new KeyJudge(history()).judgeRefusal(location) : judge(location, Sighting.unchanged(eTag));
	}

	private Verdict judge(LocationRole location, Sighting sighting) {
		KeyHistory now = this.writes.of(this.read.key());
		if (now == null) {
			return Verdict.CURRENT;
		}
		Verdict verdict = new KeyJudge(now).judge(location, sighting);
		switch (verdict) {
			case CURRENT -> learn(now, now.hasWriteSince(history()) ? now.confirmed(location, sighting)
					: now.shown(location, sighting, System.nanoTime()));
			case STALE -> learn(now, now.staleAt(location));
			case UNPROVEN, BURIED -> {
			}
		}
		return (verdict == Verdict.CURRENT || now == history()) ? verdict
				: new KeyJudge(history()).judge(location, sighting);
	}

	@Override
	boolean canProve() {
		return this.read.versionId() == null && history().anyLatest(OwnWrite::isAcknowledged) && !history().isDeleted();
	}

	@Override
	boolean proves(LocationRole location, ObjectIdentity identity, boolean named) {
		KeyHistory now = this.writes.of(this.read.key());
		if (now == null) {
			return named && isCurrent(history(), location, identity);
		}
		boolean last = now.isLatestWrite(identity) && history().isLatestWrite(identity);
		return (named || last) && isCurrent(now, location, identity) && isCurrent(history(), location, identity);
	}

	private static boolean isCurrent(KeyHistory history, LocationRole location, ObjectIdentity identity) {
		return new KeyJudge(history).judge(location, new Sighting(true, identity, null, null)) == Verdict.CURRENT;
	}

	private void learn(KeyHistory before, KeyHistory after) {
		if (after != before) {
			this.writes.seen(this.read.key(), before, after);
		}
	}

	@Override
	public S3Request guarded(S3Request request, LocationRole location) {
		boolean copies = request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest;
		if (!copies || this.read.versionId() != null || history().hasGot(location)) {
			return request;
		}
		if (history().isDeleted()) {
			throw refuse(Verdict.STALE);
		}
		ObjectIdentity only = history().only();
		return (only != null) ? GuardedCopy.of(request, only) : request;
	}

	@Override
	public @Nullable S3Request question(Throwable error) {
		String version = history().version();
		return (isRefusal(error) && isBuried() && version != null) ? ObjectRead.versioned(this.request, version) : null;
	}

	@Override
	public @Nullable ListObjectVersionsRequest whyAbsent(LocationRole location, Throwable error) {
		boolean plain = this.read.versionId() == null && ExplainedAbsence.isUnexplained(error);
		return (plain && new KeyJudge(history()).dependsOnMarker(location)) ? ExplainedAbsence.question(this.read.key())
				: null;
	}

	@Override
	S3Exception createRefusal() {
		return history().isDeleted() ? deleted() : new NotReplicatedException(describe());
	}

	private String describe() {
		String key = Printable.of(this.read.key());
		return isBuried() ? "An older write of " + key + " has replaced the last one of this process"
				: "What this process wrote of " + key + " at the " + history().writer()
						+ " has not arrived at the location that could be asked";
	}

	private S3Exception deleted() {
		String message = "This process deleted " + Printable.of(this.read.key());
		NoSuchKeyException.Builder builder = NoSuchKeyException.builder();
		builder.message(message)
			.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder()
				.serviceName("S3")
				.errorCode("NoSuchKey")
				.errorMessage(message)
				.sdkHttpResponse(SdkHttpResponse.builder().statusCode(404).putHeader(ObjectRead.MARKER, "true").build())
				.build());
		return (S3Exception) builder.build();
	}

}
