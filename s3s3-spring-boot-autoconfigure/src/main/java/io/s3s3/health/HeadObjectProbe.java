package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.Location;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Asks for the head of an object. That needs the permission
 * <a href= "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">
 * {@code s3:GetObject}</a>, and {@code s3:ListBucket} too if the object is not there,
 * which is as good an answer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeadObjectProbe implements HealthProbe {

	private final String key;

	private final Duration timeout;

	/**
	 * Create a probe.
	 * @param key the key of the object
	 * @param timeout the time allowed
	 */
	public HeadObjectProbe(String key, Duration timeout) {
		this.key = key;
		this.timeout = timeout;
	}

	@Override
	public ProbeResult probe(Location location) {
		return ProbeAnswers.ask(this.timeout, (configuration) -> {
			try {
				location.client()
					.headObject((request) -> request.bucket(location.bucket())
						.key(this.key)
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration));
			}
			catch (NoSuchKeyException ex) {
				// That is an answer of a location that is well.
			}
		});
	}

}
