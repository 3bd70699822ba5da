package io.s3s3.internal.route;

import java.util.List;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Addresses requests to the bucket of a location: as bucket, and as source of copies.
 * Works on the {@link SdkField}s of a request and so knows no operation by name.
 * Thread-safe.
 */
public final class BucketAddressing {

	private final LocationPair pair;

	private final RequestFields<BucketFields> fields = new RequestFields<>(BucketFields::of);

	/**
	 * Create an addressing.
	 */
	public BucketAddressing(LocationPair pair) {
		this.pair = pair;
	}

	/**
	 * Return whether a request is for a bucket outside the pair.
	 * @return whether it names a bucket that is neither location's
	 */
	public boolean isForeign(S3Request request) {
		BucketFields fields = this.fields.of(request);
		return fields.bucket() != null && !this.pair.owns(value(fields.bucket(), request));
	}

	/**
	 * Return what a request names, which is for either bucket of the pair or for none.
	 * @return the target of the request
	 */
	public Target targetOf(S3Request request) {
		BucketFields fields = this.fields.of(request);
		boolean foreignSource = fields.source().bucket() != null && !copiesWithin(fields, request);
		return new Target(value(fields.bucket(), request), keyOf(fields, request), foreignSource);
	}

	/**
	 * Return the key that decides the route: a copy follows its source, a listing may be
	 * one of a single key.
	 */
	private static @Nullable String keyOf(BucketFields fields, S3Request request) {
		if (request instanceof DeleteObjectsRequest deletion) {
			return (deletion.delete() != null && deletion.delete().objects().size() == 1)
					? deletion.delete().objects().get(0).key() : null;
		}
		String copySource = value(fields.source().asText(), request);
		if (copySource != null) {
			return CopySource.parse(copySource).decodedKey();
		}
		String source = value(fields.source().key(), request);
		String key = (source != null) ? source : value(fields.key(), request);
		String prefix = (key != null) ? key : value(fields.prefix(), request);
		return (prefix == null || prefix.isEmpty()) ? null : prefix;
	}

	/**
	 * Address a request to the bucket of a location.
	 * @param request the request, for either bucket of the pair or for none
	 * @param location the location that it goes to
	 * @return the same request if it needs no change
	 */
	public S3Request address(S3Request request, Location location) {
		BucketFields fields = this.fields.of(request);
		String bucket = changed(fields.bucket(), request, location.bucket());
		String owner = ownerAt(location, fields.owner(), request);
		String source = null;
		String sourceOwner = null;
		String copySource = null;
		if (fields.source().bucket() != null && copiesWithin(fields, request)) {
			copySource = copySourceAt(value(fields.source().asText(), request), location);
			source = (value(fields.source().asText(), request) == null)
					? changed(fields.source().bucket(), request, location.bucket()) : null;
			sourceOwner = ownerAt(location, fields.source().owner(), request);
		}
		if (bucket == null && owner == null && source == null && sourceOwner == null && copySource == null) {
			return request;
		}
		AwsRequest.Builder builder = request.toBuilder();
		set(fields.bucket(), builder, bucket);
		set(fields.owner(), builder, owner);
		set(fields.source().bucket(), builder, source);
		set(fields.source().owner(), builder, sourceOwner);
		set(fields.source().asText(), builder, copySource);
		return (S3Request) builder.build();
	}

	private boolean copiesWithin(BucketFields fields, S3Request request) {
		String copySource = value(fields.source().asText(), request);
		return this.pair.owns((copySource != null) ? CopySource.parse(copySource).bucket()
				: value(fields.source().bucket(), request));
	}

	private static @Nullable String copySourceAt(@Nullable String copySource, Location location) {
		if (copySource == null) {
			return null;
		}
		CopySource source = CopySource.parse(copySource);
		return source.bucket().equals(location.bucket()) ? null : source.in(location.bucket()).toString();
	}

	private static @Nullable String changed(@Nullable SdkField<?> field, S3Request request, String bucket) {
		return (field != null && !bucket.equals(value(field, request))) ? bucket : null;
	}

	/**
	 * Return the owner to send to a location, or {@code null} to leave it as it is. A
	 * configured owner belongs to its location, just like the bucket.
	 */
	private @Nullable String ownerAt(Location location, @Nullable SdkField<?> field, S3Request request) {
		String named = value(field, request);
		String other = this.pair.get(location.role().other()).expectedBucketOwner();
		return (field != null && (named == null || named.equals(other))) ? location.expectedBucketOwner() : null;
	}

	private static @Nullable String value(@Nullable SdkField<?> field, S3Request request) {
		return (field != null) ? (String) field.getValueOrDefault(request) : null;
	}

	private static void set(@Nullable SdkField<?> field, AwsRequest.Builder builder, @Nullable String value) {
		if (field != null && value != null) {
			field.set(builder, value);
		}
	}

	/**
	 * The members of a request that concern buckets and keys.
	 */
	private record BucketFields(@Nullable SdkField<?> bucket, @Nullable SdkField<?> owner, @Nullable SdkField<?> key,
			@Nullable SdkField<?> prefix, SourceFields source) {

		static BucketFields of(List<SdkField<?>> fields) {
			return new BucketFields(find(fields, "Bucket"), find(fields, "x-amz-expected-bucket-owner"),
					find(fields, "Key"), find(fields, "prefix"), SourceFields.of(fields));
		}

		private static @Nullable SdkField<?> find(List<SdkField<?>> fields, String locationName) {
			for (SdkField<?> field : fields) {
				if (field.locationName().equals(locationName)) {
					return field;
				}
			}
			return null;
		}

	}

	/**
	 * The members of a request that name the source of a copy.
	 */
	private record SourceFields(@Nullable SdkField<?> bucket, @Nullable SdkField<?> owner, @Nullable SdkField<?> key,
			@Nullable SdkField<?> asText) {

		static SourceFields of(List<SdkField<?>> fields) {
			return new SourceFields(BucketFields.find(fields, "SourceBucket"),
					BucketFields.find(fields, "x-amz-source-expected-bucket-owner"),
					BucketFields.find(fields, "SourceKey"), BucketFields.find(fields, "x-amz-copy-source"));
		}

	}

}
