package io.s3s3.internal.route;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OperationTable}.
 */
class OperationTableTests {

	@Test
	void hasARowForEachOperationOfTheSdkAndNoOther() {
		assertThat(OperationTable.asMap().keySet()).containsExactlyInAnyOrderElementsOf(operationsOfTheSdk());
	}

	@Test
	void takesEachConditionOfAWriteIntoAccount() throws ReflectiveOperationException {
		for (Method method : S3Client.class.getMethods()) {
			if (method.getParameterCount() == 0 || !isRequest(method.getParameterTypes()[0])) {
				continue;
			}
			Class<?> type = method.getParameterTypes()[0];
			String operation = type.getSimpleName().replace("Request", "");
			S3Request empty = (S3Request) ((SdkBuilder<?, ?>) type.getMethod("builder").invoke(null)).build();
			if (OperationTable.safetyOf(operation, empty) != OperationSafety.IDEMPOTENT_WRITE) {
				continue;
			}
			for (SdkField<?> field : empty.sdkFields()) {
				String name = field.locationName().toLowerCase(Locale.ROOT);
				if (name.matches("(x-amz-)?(object-)?if-(none-)?match.*")) {
					AwsRequest.Builder builder = empty.toBuilder();
					field.set(builder, valueOf(field));
					assertThat(OperationTable.safetyOf(operation, (S3Request) builder.build())).as(operation + name)
						.isEqualTo(OperationSafety.CONDITIONAL_WRITE);
				}
			}
		}
	}

	private static Object valueOf(SdkField<?> field) {
		return switch (field.marshallingType().getTargetClass().getSimpleName()) {
			case "Instant" -> Instant.EPOCH;
			case "Long" -> 1L;
			default -> "e";
		};
	}

	@Test
	void treatsAnUnknownOperationAsAdministration() {
		assertThat(OperationTable.safetyOf("NeverHeardOf", GetObjectRequest.builder().build()))
			.isEqualTo(OperationSafety.ADMINISTRATION);
	}

	@ParameterizedTest
	@MethodSource
	void judgesByTheRequest(String operation, S3Request request, OperationSafety safety) {
		assertThat(OperationTable.safetyOf(operation, request)).isEqualTo(safety);
	}

	static Stream<Arguments> judgesByTheRequest() {
		return Stream.of(
				Arguments.of("GetObject", GetObjectRequest.builder().ifMatch("e").versionId("v").build(),
						OperationSafety.READ),
				Arguments.of("PutObject", PutObjectRequest.builder().build(), OperationSafety.IDEMPOTENT_WRITE),
				Arguments.of("PutObject", PutObjectRequest.builder().ifMatch("e").build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("PutObject", PutObjectRequest.builder().ifNoneMatch("*").build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("PutObject", PutObjectRequest.builder().writeOffsetBytes(1L).build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("CopyObject", CopyObjectRequest.builder().copySourceIfMatch("e").build(),
						OperationSafety.IDEMPOTENT_WRITE),
				Arguments.of("CopyObject", CopyObjectRequest.builder().ifMatch("e").build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("CopyObject", CopyObjectRequest.builder().ifNoneMatch("*").build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("DeleteObject", DeleteObjectRequest.builder().build(), OperationSafety.IDEMPOTENT_WRITE),
				Arguments.of("DeleteObject", DeleteObjectRequest.builder().versionId("v").build(),
						OperationSafety.BOUND),
				Arguments.of("DeleteObject", DeleteObjectRequest.builder().ifMatch("e").build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("DeleteObject", DeleteObjectRequest.builder().ifMatchSize(1L).build(),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("DeleteObjects", DeleteObjectsRequest.builder().build(), OperationSafety.IDEMPOTENT_WRITE),
				Arguments.of("DeleteObjects", deletes(ObjectIdentifier.builder().key("k")),
						OperationSafety.IDEMPOTENT_WRITE),
				Arguments.of("DeleteObjects", deletes(ObjectIdentifier.builder().key("k").eTag("e")),
						OperationSafety.CONDITIONAL_WRITE),
				Arguments.of("DeleteObjects", deletes(ObjectIdentifier.builder().key("k").eTag("e"),
						ObjectIdentifier.builder().key("k").versionId("v")), OperationSafety.BOUND));
	}

	private static DeleteObjectsRequest deletes(ObjectIdentifier.Builder... objects) {
		Delete delete = Delete.builder().objects(Stream.of(objects).map((object) -> object.build()).toList()).build();
		return DeleteObjectsRequest.builder().delete(delete).build();
	}

	private static Set<String> operationsOfTheSdk() {
		Set<String> operations = new TreeSet<>();
		for (Class<?> client : new Class<?>[] { S3Client.class, S3AsyncClient.class }) {
			for (Method method : client.getMethods()) {
				if (method.getParameterCount() > 0 && isRequest(method.getParameterTypes()[0])) {
					String request = method.getParameterTypes()[0].getSimpleName();
					operations.add(request.substring(0, request.length() - "Request".length()));
				}
			}
		}
		assertThat(operations).hasSizeGreaterThan(100);
		return operations;
	}

	private static boolean isRequest(Class<?> type) {
		return S3Request.class.isAssignableFrom(type) && type != S3Request.class;
	}

}
