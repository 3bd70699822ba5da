package io.s3s3.health;

import java.time.Duration;

import io.s3s3.location.Location;

/**
 * Asks for the head of the bucket. That needs the permission
 * <a href= "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">
 * {@code s3:ListBucket}</a>. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeadBucketProbe implements HealthProbe {

	private final Duration timeout;

	/**
	 * Create a probe.
	 * @param timeout the time allowed
	 */
	public HeadBucketProbe(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public ProbeResult probe(Location location) {
		return ProbeAnswers.ask(this.timeout,
				(configuration) -> location.client()
					.headBucket((request) -> request.bucket(location.bucket())
						.expectedBucketOwner(location.expectedBucketOwner())
						.overrideConfiguration(configuration)));
	}

}
