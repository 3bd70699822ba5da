package io.s3s3.internal.consistency;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
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

	/** The versions that were asked for, and where; made with the first. */
	private @Nullable Set<String> asked;

	/** The version that was asked for last. */
	private @Nullable String sought;

	/** Whether that version is gone, so that the location is to be asked again. */
	private boolean gone;

	/** Whether the location was asked again. */
	private boolean askedAgain;

	/** Whether what was remembered when the call began has proved wrong since. */
	private boolean outdated;

	ReadCheck(RecentWrites writes, ObjectRead read, S3Request request, KeyHistory history) {
		super(history);
		this.writes = writes;
		this.read = read;
		this.request = request;
	}

	@Override
	public Verdict judge(LocationRole location, @Nullable S3Response response, long heard) {
		if (response instanceof CopyObjectResponse copy && this.read.versionId() == null) {
			return new KeyJudge(known()).judgeCopy(location, WriteOutcome.sourceOf(copy));
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
			case 403, 412, 416 -> new KeyJudge(known()).judgeRefusal(location);
			default -> Verdict.CURRENT;
		};
	}

	/**
	 * Judge that what the caller has is still there. A date does not tell what that is,
	 * nor do several ETags which one it is.
	 */
	private Verdict judgeUnchanged(LocationRole location) {
		String eTag = this.read.ifNoneMatch();
		return (eTag == null || eTag.contains(",") || eTag.contains("*")) ? new KeyJudge(known()).judgeRefusal(location)
				: judge(location, Sighting.unchanged(eTag));
	}

	private Verdict judge(LocationRole location, Sighting sighting) {
		KeyHistory now = this.writes.of(this.read.key());
		if (now == null) {
			return Verdict.CURRENT;
		}
		Verdict verdict = new KeyJudge(now).judge(location, sighting);
		switch (verdict) {
			case CURRENT -> learn(now, now.hasChangedSince(history()) ? now.confirmed(location, sighting)
					: now.shown(location, sighting, System.nanoTime()));
			case STALE -> learn(now, now.staleAt(location));
			case UNPROVEN, BURIED, GONE -> {
			}
		}
		return (verdict == Verdict.CURRENT || now == history() || this.outdated) ? verdict
				: new KeyJudge(history()).judge(location, sighting);
	}

	@Override
	public boolean isWriter(LocationRole location) {
		return known().isSource(location);
	}

	/**
	 * Return what was remembered when the call began, unless that has proved wrong.
	 */
	private KeyHistory known() {
		KeyHistory now = this.outdated ? this.writes.of(this.read.key()) : history();
		return (now != null) ? now : KeyHistory.EMPTY;
	}

	@Override
	public boolean isOutdated() {
		return this.outdated;
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
		KeyHistory known = known();
		if (!copies || this.read.versionId() != null || known.hasGot(location)) {
			return request;
		}
		if (known.isDeleted()) {
			throw refuse(Verdict.STALE);
		}
		ObjectIdentity only = known.only();
		return (only != null) ? GuardedCopy.of(request, only) : request;
	}

	@Override
	public @Nullable S3Request question(LocationRole location, Throwable error) {
		if (!isRefusal(error) || !isBuried()) {
			return null;
		}
		this.askedAgain = this.gone;
		this.gone = false;
		if (this.askedAgain) {
			return this.request;
		}
		KeyHistory now = this.writes.of(this.read.key());
		Set<String> asked = (this.asked != null) ? this.asked : new HashSet<>();
		this.asked = asked;
		String next = (now != null)
				? now.soughtAt(location).stream().filter((each) -> asked.add(location + each)).findFirst().orElse(null)
				: null;
		if (now == null || next == null) {
			return null;
		}
		this.sought = next;
		return now.isMarker(next) ? ExplainedAbsence.allVersions(this.read.key())
				: ObjectRead.versioned(this.request, next);
	}

	@Override
	public boolean isUndeleted(LocationRole location, ListObjectVersionsResponse versions) {
		String key = this.read.key();
		boolean has = versions.versions().stream().anyMatch((version) -> key.equals(version.key()));
		// Those of the key itself come first.
		boolean all = !Boolean.TRUE.equals(versions.isTruncated())
				|| !versions.versions().stream().allMatch((version) -> key.equals(version.key()))
				|| !versions.deleteMarkers().stream().allMatch((marker) -> key.equals(marker.key()));
		boolean deleted = versions.deleteMarkers()
			.stream()
			.anyMatch((marker) -> key.equals(marker.key()) && Objects.equals(marker.versionId(), this.sought));
		return has && all && !deleted && strike(location);
	}

	/**
	 * Forget the version that was sought, and is gone from the location that took it.
	 */
	private boolean strike(LocationRole location) {
		KeyHistory now = this.writes.of(this.read.key());
		String version = this.sought;
		if (version == null || now == null || now.locationOf(version) != location) {
			return false;
		}
		this.writes.changed(this.read.key(), (history) -> history.without(ObjectIdentity.of(version, null)));
		this.gone = true;
		this.outdated = true;
		renewRefusal();
		return true;
	}

	@Override
	public Verdict judgeSought(LocationRole location, S3Exception error) {
		if (this.askedAgain) {
			return judge(location, error);
		}
		boolean gone = ExplainedAbsence.isUnexplained(error) && strike(location);
		return gone ? Verdict.GONE : super.judgeSought(location, error);
	}

	@Override
	public @Nullable ListObjectVersionsRequest whyAbsent(LocationRole location, Throwable error) {
		boolean plain = this.read.versionId() == null && ExplainedAbsence.isUnexplained(error);
		return (plain && new KeyJudge(known()).dependsOnMarker(location)) ? ExplainedAbsence.question(this.read.key())
				: null;
	}

	@Override
	S3Exception createRefusal() {
		return known().isDeleted() ? deleted() : new NotReplicatedException(describe());
	}

	private String describe() {
		String key = Printable.of(this.read.key());
		return isBuried() ? "An older write of " + key + " has replaced the last one of this process"
				: "What this process wrote of " + key + known().atWriter()
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
