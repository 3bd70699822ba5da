package io.s3s3.internal.consistency;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Judges what one location has of a key, with all questions that a read would ask there.
 * Not thread-safe.
 */
final class Examination {

	private final String key;

	private final Location location;

	private final HeadObjectRequest request;

	private final ReadCheck check;

	private final Verdict verdict;

	/** Whether there is no object. */
	private boolean absent;

	/**
	 * Ask a location.
	 * @param key the key
	 * @param history what is remembered of it
	 * @param writes learns whether the location has the last write; what others have
	 * written is up to a caller to find out
	 * @param location the location
	 * @throws SdkException if the location cannot tell now
	 */
	Examination(String key, KeyHistory history, RecentWrites writes, Location location) {
		this.key = key;
		this.location = location;
		this.request = HeadObjectRequest.builder()
			.bucket(location.bucket())
			.expectedBucketOwner(location.expectedBucketOwner())
			.key(key)
			.build();
		RecentWrites learned = new LocalWrites(Long.MAX_VALUE);
		learned.written(key, history, (none, known) -> known);
		this.check = new ReadCheck(learned, new ObjectRead(key, null, null), this.request, history);
		this.verdict = examined();
		KeyHistory after = learned.of(key);
		if (after != null && after.latest().equals(history.latest())) {
			writes.seen(key, history, after);
		}
	}

	/**
	 * Return what the location has is worth: buried if the last write is there as an old
	 * version, or is gone where there are no versions.
	 */
	Verdict verdict() {
		return this.verdict;
	}

	/**
	 * Return whether the location has told that there is no object.
	 */
	boolean isAbsent() {
		return this.absent;
	}

	/**
	 * Return whether there is no object, and the last write is not to blame for that.
	 */
	boolean isDeletedByOthers() {
		return this.absent && this.verdict == Verdict.CURRENT;
	}

	private Verdict examined() {
		Verdict verdict = look();
		for (S3Request next = next(verdict); next != null; next = next(verdict)) {
			if (next instanceof ListObjectVersionsRequest versions) {
				verdict = isUndeleted(versions) ? Verdict.GONE : Verdict.BURIED;
			}
			else if (next instanceof HeadObjectRequest head && head.versionId() == null) {
				verdict = look();
			}
			else if (next instanceof HeadObjectRequest head) {
				S3Exception absence = absenceOf(head);
				if (absence == null) {
					return Verdict.BURIED;
				}
				verdict = this.check.judgeSought(this.location.role(), absence);
			}
		}
		return verdict;
	}

	private @Nullable S3Request next(Verdict verdict) {
		boolean open = verdict == Verdict.BURIED || verdict == Verdict.GONE;
		return open ? this.check.question(this.location.role(), this.check.refuse(verdict)) : null;
	}

	/**
	 * Look at what is there.
	 */
	private Verdict look() {
		try {
			HeadObjectResponse response = this.location.client().headObject(this.request);
			this.absent = false;
			return this.check.judge(this.location.role(), response, System.currentTimeMillis());
		}
		catch (S3Exception ex) {
			// Such as that it may not be looked at, or not without a key of its own.
			if (Lookout.requireAnswer(ex).statusCode() != 404) {
				return Verdict.UNPROVEN;
			}
			this.absent = true;
			Verdict verdict = this.check.judge(this.location.role(), explained(ex));
			// It is as it should be, whichever deletion it was.
			return this.check.history().anyLatest(OwnWrite::isAbsence) ? Verdict.CURRENT : verdict;
		}
	}

	private S3Exception explained(S3Exception absence) {
		ListObjectVersionsRequest question = this.check.whyAbsent(this.location.role(), absence);
		ListObjectVersionsResponse versions = (question != null) ? list(question) : null;
		return (versions != null) ? (S3Exception) ExplainedAbsence.of(absence, this.key, versions) : absence;
	}

	/**
	 * Look for the version that the last write has left.
	 * @return the answer that it is not there, or {@code null} if it is
	 */
	private @Nullable S3Exception absenceOf(HeadObjectRequest versioned) {
		try {
			this.location.client().headObject(versioned);
			return null;
		}
		catch (S3Exception ex) {
			return Lookout.requireAnswer(ex);
		}
	}

	private boolean isUndeleted(ListObjectVersionsRequest question) {
		ListObjectVersionsResponse versions = list(question);
		return versions != null && this.check.isUndeleted(this.location.role(), versions);
	}

	private @Nullable ListObjectVersionsResponse list(ListObjectVersionsRequest question) {
		try {
			return this.location.client()
				.listObjectVersions(question.toBuilder()
					.bucket(this.location.bucket())
					.expectedBucketOwner(this.location.expectedBucketOwner())
					.build());
		}
		catch (SdkException ex) {
			if (ex instanceof S3Exception error) {
				Lookout.requireAnswer(error);
			}
			return null;
		}
	}

}
