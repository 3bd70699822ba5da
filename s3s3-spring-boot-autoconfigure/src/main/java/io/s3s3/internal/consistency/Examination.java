package io.s3s3.internal.consistency;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
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

	/**
	 * Create an examination.
	 * @param key the key
	 * @param history what is remembered of it
	 * @param writes learns what is found out
	 * @param location the location
	 */
	Examination(String key, KeyHistory history, RecentWrites writes, Location location) {
		this.key = key;
		this.location = location;
		this.request = HeadObjectRequest.builder()
			.bucket(location.bucket())
			.expectedBucketOwner(location.expectedBucketOwner())
			.key(key)
			.build();
		this.check = new ReadCheck(writes, new ObjectRead(key, null, null), this.request, history);
	}

	/**
	 * Ask the location.
	 * @return what it has is worth: buried if the last write is there as an old version,
	 * or is gone where there are no versions
	 * @throws software.amazon.awssdk.core.exception.SdkException if the location cannot
	 * tell now
	 */
	Verdict verdict() {
		Verdict verdict = look();
		for (S3Request next = next(verdict); next != null; next = next(verdict)) {
			if (next instanceof ListObjectVersionsRequest versions) {
				verdict = isUndeleted(versions) ? Verdict.GONE : Verdict.BURIED;
			}
			else if (next instanceof HeadObjectRequest head && head.versionId() == null) {
				verdict = look();
			}
			else if (next instanceof HeadObjectRequest head) {
				verdict = seek(head);
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
			return this.check.judge(this.location.role(), this.location.client().headObject(this.request),
					System.currentTimeMillis());
		}
		catch (S3Exception ex) {
			return this.check.judge(this.location.role(), explained(requireAnswer(ex)));
		}
	}

	private S3Exception explained(S3Exception absence) {
		ListObjectVersionsRequest question = this.check.whyAbsent(this.location.role(), absence);
		ListObjectVersionsResponse versions = (question != null) ? list(question) : null;
		return (versions != null) ? (S3Exception) ExplainedAbsence.of(absence, this.key, versions) : absence;
	}

	/**
	 * Look for the version that the last write has left.
	 */
	private Verdict seek(HeadObjectRequest versioned) {
		try {
			this.location.client().headObject(versioned);
			return Verdict.BURIED;
		}
		catch (S3Exception ex) {
			return this.check.judgeSought(this.location.role(), requireAnswer(ex));
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
		catch (S3Exception ex) {
			requireAnswer(ex);
			return null;
		}
	}

	private static S3Exception requireAnswer(S3Exception error) {
		if (error.statusCode() >= 500 || error.isThrottlingException()) {
			throw error;
		}
		return error;
	}

}
