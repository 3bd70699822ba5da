package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.Location;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Writes an object of one byte, which proves more than any read. In a bucket with
 * versioning each probe adds a version, and it is replicated: let the bucket's lifecycle
 * expire them. Needs the permission {@code s3:PutObject}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PutObjectProbe implements HealthProbe {

	private final String key;

	private final Duration timeout;

	/**
	 * Create a probe.
	 * @param key the key of the object
	 * @param timeout the time allowed
	 */
	public PutObjectProbe(String key, Duration timeout) {
		this.key = key;
		this.timeout = timeout;
	}

	@Override
	public ProbeResult probe(Location location) {
		return ProbeAnswers.ask(this.timeout,
				(configuration) -> location.client()
					.putObject((request) -> request.bucket(location.bucket())
						.key(this.key)
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration), RequestBody.fromString("x")));
	}

}
