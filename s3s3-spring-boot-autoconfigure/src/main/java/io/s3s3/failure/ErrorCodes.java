package io.s3s3.failure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The error codes of <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList">S3</a>
 * and of compatible stores (MinIO, Ceph, Cloudflare R2, the XML API of Google Cloud
 * Storage, SeaweedFS, StorageGRID, IBM, Wasabi), one per row, with its meaning and the
 * reason. Any other code is judged by {@link UnknownErrorCode}.
 */
enum ErrorCodes {

	NO_SUCH_THING(ErrorMeaning.EXPECTED, "what was requested does not exist",
			"NoSuchKey NoSuchVersion NoSuchUpload NoSuchTagSet NoSuchTagSetError NoSuchBucketPolicy "
					+ "NoSuchConfiguration NoSuchCORSConfiguration NoSuchLifecycleConfiguration "
					+ "NoSuchWebsiteConfiguration NoSuchPublicAccessBlockConfiguration "
					+ "NoSuchObjectLockConfiguration ObjectLockConfigurationNotFoundError "
					+ "OwnershipControlsNotFoundError ReplicationConfigurationNotFoundError "
					+ "ServerSideEncryptionConfigurationNotFoundError NoLoggingStatusForKey NotFound NoSuchObject"),

	CONDITION(ErrorMeaning.EXPECTED, "a condition of the request does not hold",
			"PreconditionFailed NotModified InvalidRange RequestedRangeNotSatisfiable ConditionNotMet"),

	CONFLICT(ErrorMeaning.EXPECTED,
			"it conflicts with the current state or another request, which the other location would not know",
			"OperationAborted ConditionalRequestConflict BucketAlreadyExists BucketAlreadyOwnedByYou "
					+ "BucketNameUnavailable BucketNotEmpty BucketHasAccessPointsAttached InvalidBucketState "
					+ "InvalidObjectState ObjectAlreadyInActiveTierError ObjectNotInActiveTierError "
					+ "RestoreAlreadyInProgress ClientTokenConflict IdempotencyParameterMismatch "
					+ "PositionNotEqualToLength ObjectNotAppendable XMinioObjectExistsAsDirectory "
					+ "XMinioParentIsObject Locked"),

	SYNTAX(ErrorMeaning.REQUEST, "the request cannot be read",
			"BadRequest MalformedXML MalformedACLError MalformedPolicy MalformedPOSTRequest MalformedDate "
					+ "MalformedExpires MalformedPresignedDate InvalidURI InvalidHTTPVersion InvalidHttpMethod "
					+ "InvalidHostHeader InvalidSOAPRequest InvalidAddressingHeader MissingRequestBodyError "
					+ "EmptyRequestBody UnexpectedContent MissingContentLength MissingContentMD5 "
					+ "MissingSecurityHeader MissingSecurityElement MissingAttachment MissingDateHeader "
					+ "MissingFields InvalidQueryParams InvalidQueryParameterValue InvalidRequestVersion "
					+ "RequestHeaderSectionTooLarge RequestIsNotMultiPartContent UnprocessableEntity "
					+ "IncorrectNumberOfFilesInPostRequest MaxPostPreDataLengthExceededError POSTFileRequired "
					+ "XMinioRequestBodyParse XMinioMalformedJSON"),

	ARGUMENT(ErrorMeaning.REQUEST, "an argument of the request is wrong",
			"InvalidArgument InvalidRequest InvalidBucketName InvalidObjectName InvalidStorageClass InvalidTag "
					+ "InvalidTagError InvalidDigest InvalidPart InvalidPartOrder InvalidPartNumber "
					+ "InvalidPrefixMarker InvalidWriteOffset InvalidCopySource "
					+ "InvalidLocationConstraint InvalidPolicyDocument InvalidCORSRulesError "
					+ "InvalidBucketAclWithObjectOwnership InvalidBucketOwnerAWSAccountID InvalidAccessPoint "
					+ "InvalidAccessPointAliasError InvalidTargetBucketForLogging InvalidRetentionPeriod "
					+ "InvalidRetentionDate PastObjectLockRetainDate IllegalVersioningConfigurationException "
					+ "AmbiguousGrantByEmailAddress UnresolvableGrantByEmailAddress UserKeyMustBeSpecified "
					+ "TagPolicyException CrossLocationLoggingProhibited RequestTorrentOfBucketError "
					+ "UnknownWORMModeDirective XMinioInvalidObjectName XMinioInvalidResourceName "
					+ "XMinioInvalidDecompressedSize ConnectionClosedByRequester ResponseInterrupted "
					+ "DeviceNotActiveError NotDeviceOwnerError TokenCodeInvalidError UserProjectMissing "
					+ "UserProjectInvalid"),

	SIZE(ErrorMeaning.REQUEST, "something in the request is too large, too small or too many",
			"EntityTooLarge EntityTooSmall InlineDataTooLarge KeyTooLong KeyTooLongError MetadataTooLarge "
					+ "MaxMessageLengthExceeded PolicyTooLarge TooManyParts NegativeExpires MaximumExpires"),

	UNSUPPORTED(ErrorMeaning.REQUEST, "the request needs what its bucket does not support",
			"AccessControlListNotSupported MethodNotAllowed UnsupportedArgument UnsupportedOperation "
					+ "UnsupportedSignature UnsupportedMetadata UnsupportedNotification "
					+ "SignatureVersionNotSupported CredentialsNotSupported UnsupportedRangeHeader"),

	ENCRYPTION(ErrorMeaning.REQUEST, "the request does not fit the encryption of the object",
			"EncryptionTypeMismatch InvalidEncryptionAlgorithmError InvalidEncryptionMethod "
					+ "InvalidEncryptionParameters IncompatibleEncryptionMethod InsecureSSECustomerRequest "
					+ "SSEMultipartEncrypted SSEEncryptedObject InvalidSSECustomerAlgorithm InvalidSSECustomerKey "
					+ "InvalidSSECustomerParameters MissingSSECustomerKey MissingSSECustomerKeyMD5 "
					+ "SSECustomerKeyMD5Mismatch CustomerEncryptionAlgorithmIsInvalid "
					+ "CustomerEncryptionKeyFormatIsInvalid CustomerEncryptionKeyIsIncorrect "
					+ "CustomerEncryptionKeySha256IsInvalid ResourceIsEncryptedWithCustomerEncryptionKey "
					+ "ResourceNotEncryptedWithCustomerEncryptionKey CloudKmsCannotChangeKeyName"),

	DENIED(ErrorMeaning.ACCESS_DENIED, "the credentials are valid but do not allow it",
			"AccessDenied AccessForbidden Forbidden UnexpectedIPError"),

	KEYS(ErrorMeaning.CREDENTIALS, "the location does not accept the keys",
			"InvalidAccessKeyId InvalidClientTokenId InvalidSecurity InvalidSignature SignatureDoesNotMatch "
					+ "AuthorizationHeaderMalformed AuthorizationQueryParametersError MissingAuthenticationToken "
					+ "AuthHeaderEmpty CredMalformed MalformedCredentialDate MissingCredTag UnrecognizedClientException "
					+ "Unauthorized UserSuspended XMinioAccessKeyDisabled"),

	EXPIRED(ErrorMeaning.CREDENTIALS, "the keys or the signature have expired there, possibly only by its clock",
			"ExpiredToken ExpiredTokenException ExpiredRequest ExpiredPresignRequest InvalidToken "
					+ "InvalidSessionException TokenRefreshRequired RequestExpired RequestInTheFuture "
					+ "RequestNotReadyYet RequestTimeTooSkewed"),

	ACCOUNT(ErrorMeaning.CREDENTIALS, "the account is not served there",
			"AccountProblem AllAccessDisabled NotSignedUp NotEntitled OptInRequired UnauthorizedAccess "
					+ "UnauthorizedAccessError UserProjectAccountProblem BillingDisabled PaymentRequired"),

	RATE(ErrorMeaning.THROTTLED, "the location asks for fewer requests",
			"SlowDown SlowDownRead SlowDownWrite RequestLimitExceeded RequestThrottled RequestThrottledException "
					+ "Throttled ThrottledException Throttling ThrottlingException TooManyRequests "
					+ "TooManyRequestsException BandwidthLimitExceeded RateLimitExceeded KMS.ThrottlingException "
					+ "CloudKmsQuotaExceeded"),

	NO_SUCH_BUCKET(ErrorMeaning.NO_SUCH_BUCKET, "the bucket of the location does not exist",
			"NoSuchBucket NoSuchAccessPoint NoSuchMultiRegionAccessPoint"),

	ELSEWHERE(ErrorMeaning.REDIRECT, "the bucket is in another region, or behind another endpoint",
			"PermanentRedirect PermanentRedirectControlError TemporaryRedirect Redirect IncorrectEndpoint "
					+ "EndpointNotFound IllegalLocationConstraintException InvalidRegion"),

	BROKEN(ErrorMeaning.FAILED, "the location failed, but the request may have taken effect",
			"InternalError InternalServerError"),

	NOT_SERVING(ErrorMeaning.UNAVAILABLE, "the location did not start on the request",
			"ServiceUnavailable Busy XMinioServerNotInitialized XMinioIAMNotInitialized "
					+ "XMinioBucketMetadataNotInitialized XMinioBackendDown"),

	SLOW_BODY(ErrorMeaning.WAITED, "the location waited in vain for the body", "RequestTimeout"),

	QUOTA(ErrorMeaning.STATE, "the location has no room left for the account",
			"QuotaExceeded StorageQuotaExceeded InsufficientCapacity InsufficientStorage XMinioStorageFull "
					+ "XMinioAdminBucketQuotaExceeded TooManyBuckets ServiceQuotaExceededException"),

	KMS(ErrorMeaning.STATE, "the location's own key cannot be used now; the replica is encrypted with another one",
			"KMS.DisabledException KMS.InvalidStateException KMS.KMSInvalidStateException "
					+ "KMS.InvalidKeyUsageException KMS.NotFoundException KMS.AccessDeniedException "
					+ "CloudKmsBadKey CloudKmsDecryptionKeyNotFound CloudKmsDisabledKey "
					+ "CloudKmsEncryptionKeyNotFound CloudKmsKeyLocationNotAllowed"),

	LACKING(ErrorMeaning.STATE, "the location does not support it, or not for this object, but the other one may",
			"NotImplemented InvalidPayer XMinioObjectTampered"),

	ON_ITS_WAY(ErrorMeaning.DAMAGED, "the body was damaged on its way",
			"BadDigest XAmzContentSHA256Mismatch XAmzContentChecksumMismatch ContentSHA256Mismatch CrcMismatch "
					+ "IncompleteBody ClientDisconnect ClientDisconnected");

	private static final Map<String, ErrorCodes> ROWS = rows();

	private final ErrorMeaning meaning;

	private final String reason;

	private final List<String> codes;

	ErrorCodes(ErrorMeaning meaning, String reason, String codes) {
		this.meaning = meaning;
		this.reason = reason;
		this.codes = List.of(codes.split(" "));
	}

	static @Nullable ErrorMeaning meaningOf(String code) {
		ErrorCodes row = ROWS.get(code);
		return (row != null) ? row.meaning : null;
	}

	ErrorMeaning meaning() {
		return this.meaning;
	}

	String reason() {
		return this.reason;
	}

	List<String> codes() {
		return this.codes;
	}

	private static Map<String, ErrorCodes> rows() {
		Map<String, ErrorCodes> rows = new HashMap<>();
		for (ErrorCodes row : values()) {
			row.codes.forEach((code) -> rows.put(code, row));
		}
		return Map.copyOf(rows);
	}

}
