package io.s3s3.internal.upload;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.internal.io.SingleTry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.SdkPartType;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Derives the requests of a multipart upload from the request to store an object: each
 * takes over the members of the same name. Stateless.
 */
final class MultipartRequests {

	/** Members that describe the whole object and do not apply to a part. */
	private static final Set<String> OF_THE_WHOLE = Set.of("ContentLength", "ContentMD5");

	private MultipartRequests() {
	}

	/**
	 * Return whether the caller supplied a checksum of the whole content, which would be
	 * lost with parts.
	 */
	static boolean hasChecksum(PutObjectRequest request) {
		return request.contentMD5() != null || request.sdkFields()
			.stream()
			.anyMatch((field) -> isChecksum(field.memberName()) && field.getValueOrDefault(request) != null);
	}

	/**
	 * Return the request with what S3 needs to know in advance: the content type, and
	 * which checksums the parts will have.
	 */
	static PutObjectRequest describe(S3Client client, PutObjectRequest request, String contentType) {
		PutObjectRequest.Builder builder = request.toBuilder();
		if (request.contentType() == null) {
			builder.contentType(contentType);
		}
		if (request.checksumAlgorithm() == null && calculatesChecksums(client)) {
			builder.checksumAlgorithm(ChecksumAlgorithm.CRC32);
		}
		return builder.build();
	}

	/**
	 * Return the request with the time left of the timeout for the whole upload.
	 */
	static PutObjectRequest withTimeLeft(PutObjectRequest request, Duration elapsed) {
		Duration timeout = request.overrideConfiguration()
			.flatMap(RequestOverrideConfiguration::apiCallTimeout)
			.orElse(null);
		if (timeout == null) {
			return request;
		}
		Duration left = timeout.minus(elapsed);
		if (left.isZero() || left.isNegative()) {
			throw ApiCallTimeoutException.create(timeout.toMillis());
		}
		return withTimeout(request, left);
	}

	private static PutObjectRequest withTimeout(PutObjectRequest request, @Nullable Duration timeout) {
		return request.overrideConfiguration()
			.map((configuration) -> request.toBuilder()
				.overrideConfiguration(configuration.toBuilder().apiCallTimeout(timeout).build())
				.build())
			.orElse(request);
	}

	static CreateMultipartUploadRequest create(PutObjectRequest request) {
		return SingleTry.lift(derive(request, CreateMultipartUploadRequest.builder()).build());
	}

	static UploadPartRequest part(PutObjectRequest request, String uploadId, int number) {
		return SingleTry
			.lift(derive(request, UploadPartRequest.builder()).uploadId(uploadId).partNumber(number).build());
	}

	/**
	 * Create the request for the last part, with which an encrypting client seals the
	 * object.
	 */
	static UploadPartRequest lastPart(PutObjectRequest request, String uploadId, int number) {
		return part(request, uploadId, number).toBuilder().sdkPartType(SdkPartType.LAST).build();
	}

	static CompleteMultipartUploadRequest complete(PutObjectRequest request, String uploadId,
			Collection<CompletedPart> parts) {
		return derive(request, CompleteMultipartUploadRequest.builder()).uploadId(uploadId)
			.multipartUpload((upload) -> upload.parts(parts))
			.build();
	}

	/**
	 * Create the request that aborts an upload, without the timeout of the call that
	 * began it.
	 */
	static AbortMultipartUploadRequest abort(PutObjectRequest request, String uploadId) {
		return derive(withTimeout(request, null), AbortMultipartUploadRequest.builder()).uploadId(uploadId).build();
	}

	/**
	 * Create the entry of a part, with its checksum if the response has one.
	 */
	static CompletedPart completed(UploadPartResponse response, int number) {
		CompletedPart.Builder part = CompletedPart.builder();
		copy(response, part, (name) -> true);
		return part.partNumber(number).build();
	}

	static PutObjectResponse stored(CompleteMultipartUploadResponse response) {
		PutObjectResponse.Builder stored = PutObjectResponse.builder();
		copy(response, stored, (name) -> true);
		stored.responseMetadata(response.responseMetadata()).sdkHttpResponse(response.sdkHttpResponse());
		return stored.build();
	}

	private static boolean calculatesChecksums(S3Client client) {
		return ClientConfiguration.of(client)
			.map(S3ServiceClientConfiguration::requestChecksumCalculation)
			.filter(RequestChecksumCalculation.WHEN_SUPPORTED::equals)
			.isPresent();
	}

	private static <B extends AwsRequest.Builder & SdkPojo> B derive(PutObjectRequest request, B builder) {
		copy(request, builder, (name) -> !OF_THE_WHOLE.contains(name) && !isChecksum(name));
		request.overrideConfiguration().ifPresent(builder::overrideConfiguration);
		return builder;
	}

	private static void copy(SdkPojo from, SdkPojo to, Function<String, Boolean> taken) {
		Map<String, SdkField<?>> known = to.sdkFields()
			.stream()
			.collect(Collectors.toMap(SdkField::memberName, Function.identity()));
		for (SdkField<?> field : from.sdkFields()) {
			SdkField<?> target = known.get(field.memberName());
			Object value = field.getValueOrDefault(from);
			if (target != null && value != null && taken.apply(field.memberName())) {
				set(target, to, value);
			}
		}
	}

	private static void set(SdkField<?> field, SdkPojo target, @Nullable Object value) {
		field.set(target, value);
	}

	private static boolean isChecksum(String name) {
		return name.startsWith("Checksum") && !name.equals("ChecksumAlgorithm");
	}

}
