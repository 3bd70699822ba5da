package io.s3s3.internal.consistency;

import java.util.Objects;

import io.s3s3.location.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks whether the last write of a key has arrived at a location, by a {@code HEAD}
 * there, and remembers what that has shown. Thread-safe.
 *
 * @param writes the writes
 */
record Lookout(RecentWrites writes) {

	private static final Logger logger = LoggerFactory.getLogger(Lookout.class);

	/**
	 * Look for the last write of a key.
	 * @param history what is remembered of the key
	 * @param target where to look
	 * @throws SdkException if the location was not reached, or cannot tell now
	 */
	Arrival look(String key, KeyHistory history, Location target) {
		HeadObjectRequest.Builder request = HeadObjectRequest.builder().bucket(target.bucket()).key(key);
		try {
			HeadObjectResponse response = target.client()
				.headObject(request.expectedBucketOwner(target.expectedBucketOwner()).build());
			return learn(key, history, target,
					Objects.requireNonNull(ObjectRead.sightingOf(response, System.currentTimeMillis())));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == 404) {
				Arrival arrival = learn(key, history, target,
						Sighting.absent(ObjectRead.markerOf(explained(ex, key, history, target))));
				if (arrival == Arrival.MISSING) {
					// It is as it should be, whichever deletion it was.
					return history.anyLatest(OwnWrite::isAbsence) ? Arrival.UNKNOWN : Arrival.ABSENT;
				}
				return arrival;
			}
			return (requireAnswer(ex).statusCode() == 403) ? Arrival.DENIED : Arrival.UNKNOWN;
		}
	}

	/**
	 * Remember what a location has shown of a key.
	 * @param history what is remembered of the key
	 */
	Arrival learn(String key, KeyHistory history, Location target, Sighting sighting) {
		Verdict verdict = new KeyJudge(history).judge(target.role(), sighting);
		KeyHistory after = (verdict == Verdict.CURRENT) ? history.shown(target.role(), sighting, System.nanoTime())
				: history;
		this.writes.seen(key, history, after);
		if (after.knows(target.role())) {
			return Arrival.SEEN;
		}
		return (verdict == Verdict.STALE) ? Arrival.MISSING : Arrival.UNKNOWN;
	}

	/**
	 * Ask for the marker of what is not there, where only that tells that the last write
	 * has arrived.
	 */
	private static S3Exception explained(S3Exception absence, String key, KeyHistory history, Location target) {
		if (!history.doubts().contains(Doubt.UNARRIVED) || !ExplainedAbsence.isUnexplained(absence)) {
			return absence;
		}
		try {
			return (S3Exception) ExplainedAbsence.of(absence, key,
					target.client()
						.listObjectVersions(ExplainedAbsence.question(key)
							.toBuilder()
							.bucket(target.bucket())
							.expectedBucketOwner(target.expectedBucketOwner())
							.build()));
		}
		catch (SdkException ex) {
			logger.debug("The {} location does not list versions: {}", target.role(), ex.toString());
			return absence;
		}
	}

	/**
	 * Require that an error tells something of the object.
	 * @throws S3Exception the error, if it tells that the location is not well
	 */
	static S3Exception requireAnswer(S3Exception error) {
		if (error.statusCode() >= 500 || error.isThrottlingException()) {
			throw error;
		}
		return error;
	}

	/**
	 * What a look has shown of the last write.
	 */
	enum Arrival {

		/** The location has it, or a later state. */
		SEEN,

		/** The location has an older object. */
		MISSING,

		/** The location has no object. */
		ABSENT,

		/** We may not look. */
		DENIED,

		/** What the location has does not tell. */
		UNKNOWN

	}

}
