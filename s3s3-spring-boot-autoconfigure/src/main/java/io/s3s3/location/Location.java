package io.s3s3.location;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.util.Assert;

/**
 * One place where the objects are: a client and the bucket that it is used with.
 * Immutable and as thread-safe as its client.
 *
 * @param role which location of the pair this is
 * @param client the client that reaches the location; whoever made it closes it
 * @param bucket the name of the bucket, or the ARN of an access point
 * @param expectedBucketOwner the account id that must own the bucket, or {@code null} for
 * any; sent with every request that <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">
 * has the member</a> and does not set it itself
 * @param presigner what signs URLs for the location, or {@code null} for no signed URLs
 * @since 0.1.0
 */
public record Location(LocationRole role, S3Client client, String bucket, @Nullable String expectedBucketOwner,
		@Nullable S3Presigner presigner) {

	/**
	 * Create a location.
	 * @throws IllegalArgumentException if the client or the bucket is missing
	 */
	public Location {
		Assert.notNull(role, "role is required");
		Assert.notNull(client, () -> "The S3 client of the " + role + " location is required");
		Assert.hasText(bucket, () -> "The bucket of the " + role + " location is required");
	}

	/**
	 * Create a location of any owner, without signed URLs.
	 * @param role which location of the pair this is
	 * @param client the client that reaches the location
	 * @param bucket the name of the bucket, or the ARN of an access point
	 * @return the location
	 * @throws IllegalArgumentException if the client or the bucket is missing
	 */
	public static Location of(LocationRole role, S3Client client, String bucket) {
		return new Location(role, client, bucket, null, null);
	}

	/**
	 * Return this location with a bucket of any owner.
	 * @return the location
	 */
	public Location ofAnyOwner() {
		return new Location(this.role, this.client, this.bucket, null, this.presigner);
	}

	@Override
	public String toString() {
		return this.role + " (bucket " + this.bucket + ")";
	}

}
