package io.s3s3.internal.route;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * The safety of each S3 operation, in exactly one row. An operation that is in no row is
 * treated as {@link OperationSafety#ADMINISTRATION}. The request may make an operation
 * less safe than its row says.
 * <p>
 * Reading what can be written back, such as the configuration of a bucket, is
 * administration as well: what was read from one bucket must not be written to the other.
 * Listing or locating buckets is not, since that cannot be written back, and many clients
 * start with it.
 * <p>
 * The rows follow what S3 <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html">
 * does and does not replicate</a>.
 */
public abstract class OperationTable {

	private static final String READ = """
			GetBucketLocation GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold
			GetObjectRetention GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListBuckets
			ListDirectoryBuckets ListObjectAnnotations ListObjectVersions ListObjects ListObjectsV2
			SelectObjectContent""";

	private static final String IDEMPOTENT_WRITE = """
			CopyObject CreateMultipartUpload DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjects
			PutObject PutObjectAcl PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging""";

	private static final String BOUND = """
			AbortMultipartUpload CompleteMultipartUpload ListMultipartUploads ListParts RenameObject RestoreObject
			UpdateObjectEncryption UploadPart UploadPartCopy WriteGetObjectResponse""";

	private static final String ADMINISTRATION = """
			CreateBucket CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration CreateSession
			DeleteBucket DeleteBucketAnalyticsConfiguration DeleteBucketCors DeleteBucketEncryption
			DeleteBucketIntelligentTieringConfiguration DeleteBucketInventoryConfiguration DeleteBucketLifecycle
			DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
			DeleteBucketMetricsConfiguration DeleteBucketOwnershipControls DeleteBucketPolicy
			DeleteBucketReplication DeleteBucketTagging DeleteBucketWebsite DeletePublicAccessBlock GetBucketAbac
			GetBucketAccelerateConfiguration GetBucketAcl GetBucketAnalyticsConfiguration GetBucketCors
			GetBucketEncryption GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration
			GetBucketLifecycleConfiguration GetBucketLogging GetBucketMetadataConfiguration
			GetBucketMetadataTableConfiguration GetBucketMetricsConfiguration GetBucketNotificationConfiguration
			GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketReplication
			GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite
			GetObjectLockConfiguration GetPublicAccessBlock ListBucketAnalyticsConfigurations
			ListBucketIntelligentTieringConfigurations ListBucketInventoryConfigurations
			ListBucketMetricsConfigurations PutBucketAbac
			PutBucketAccelerateConfiguration PutBucketAcl PutBucketAnalyticsConfiguration PutBucketCors
			PutBucketEncryption PutBucketIntelligentTieringConfiguration PutBucketInventoryConfiguration
			PutBucketLifecycleConfiguration PutBucketLogging PutBucketMetricsConfiguration
			PutBucketNotificationConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketReplication
			PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
			PutObjectLockConfiguration PutPublicAccessBlock UpdateBucketMetadataAnnotationTableConfiguration
			UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration""";

	private static final Map<String, OperationSafety> ROWS = rows();

	/**
	 * Return all rows.
	 * @return the safety by the name of the operation, such as {@code PutObject}
	 */
	public static Map<String, OperationSafety> asMap() {
		return Collections.unmodifiableMap(ROWS);
	}

	/**
	 * Return the safety of an operation with a request.
	 * @param operation the name of the operation, such as {@code PutObject}
	 */
	public static OperationSafety safetyOf(String operation, S3Request request) {
		OperationSafety row = ROWS.getOrDefault(operation, OperationSafety.ADMINISTRATION);
		return (row == OperationSafety.IDEMPOTENT_WRITE) ? safetyOfWrite(request) : row;
	}

	/**
	 * Return why an operation that is bound to a location, or administers one, may not go
	 * to the other.
	 */
	static String limitOf(String operation) {
		return switch (operation) {
			case "DeleteObject", "DeleteObjects" -> "the deletion of a version is not replicated";
			case "ListMultipartUploads" -> "each location has its own uploads";
			case "WriteGetObjectResponse" -> "it answers a request that one location passed on";
			case "RenameObject", "RestoreObject", "UpdateObjectEncryption" -> "replication does not carry it";
			default -> ROWS.containsKey(operation) ? "it concerns the bucket itself"
					: "the operation is not known to be safe there";
		};
	}

	private static OperationSafety safetyOfWrite(S3Request request) {
		if (deletesVersion(request)) {
			return OperationSafety.BOUND;
		}
		return WriteConditions.areIn(request) ? OperationSafety.CONDITIONAL_WRITE : OperationSafety.IDEMPOTENT_WRITE;
	}

	private static boolean deletesVersion(S3Request request) {
		if (request instanceof DeleteObjectRequest delete) {
			return delete.versionId() != null;
		}
		return request instanceof DeleteObjectsRequest deletes && deletes.delete() != null
				&& deletes.delete().objects().stream().anyMatch((object) -> object.versionId() != null);
	}

	private static Map<String, OperationSafety> rows() {
		Map<String, OperationSafety> rows = new HashMap<>();
		add(rows, OperationSafety.READ, READ);
		add(rows, OperationSafety.IDEMPOTENT_WRITE, IDEMPOTENT_WRITE);
		add(rows, OperationSafety.BOUND, BOUND);
		add(rows, OperationSafety.ADMINISTRATION, ADMINISTRATION);
		return rows;
	}

	private static void add(Map<String, OperationSafety> rows, OperationSafety safety, String operations) {
		for (String operation : operations.split("\\s+")) {
			OperationSafety other = rows.put(operation, safety);
			if (other != null) {
				throw new IllegalStateException(operation + " has two rows: " + other + " and " + safety);
			}
		}
	}

}
