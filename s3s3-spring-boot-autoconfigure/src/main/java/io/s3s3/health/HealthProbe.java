package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.Location;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Finds out whether a location is well, by asking it. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthProbe {

	/**
	 * Probe a location.
	 * @param location the location
	 * @return what the probe found
	 * @throws RuntimeException if the location failed
	 */
	ProbeResult probe(Location location);

	/**
	 * Create a probe that sends HeadBucket. It needs the permission
	 * <a href= "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">
	 * {@code s3:ListBucket}</a>.
	 * @param timeout the time allowed
	 * @return the probe
	 */
	static HealthProbe headBucket(Duration timeout) {
		return (location) -> ProbeAnswers.ask(timeout,
				(configuration) -> location.client()
					.headBucket((request) -> request.bucket(location.bucket())
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration)));
	}

	/**
	 * Create a probe that sends HeadObject. It needs the permission
	 * <a href= "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">
	 * {@code s3:GetObject}</a>, and {@code s3:ListBucket} too if the object does not
	 * exist, which is just as good an answer.
	 * @param key the key of the object
	 * @param timeout the time allowed
	 * @return the probe
	 */
	static HealthProbe headObject(String key, Duration timeout) {
		return (location) -> ProbeAnswers.ask(timeout, (configuration) -> {
			try {
				location.client()
					.headObject((request) -> request.bucket(location.bucket())
						.key(key)
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration));
			}
			catch (NoSuchKeyException ex) {
				// A location that is well may answer so.
			}
		});
	}

	/**
	 * Create a probe that writes an object of one byte, which proves more than any read.
	 * In a bucket with versioning, each probe adds a version, which is replicated: have a
	 * lifecycle rule expire them. It needs the permission {@code s3:PutObject}.
	 * @param key the key of the object
	 * @param timeout the time allowed
	 * @return the probe
	 */
	static HealthProbe putObject(String key, Duration timeout) {
		return (location) -> ProbeAnswers.ask(timeout,
				(configuration) -> location.client()
					.putObject((request) -> request.bucket(location.bucket())
						.key(key)
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration), RequestBody.fromString("x")));
	}

}
