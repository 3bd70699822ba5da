package io.s3s3.internal.route;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link BucketAddressing}.
 */
class BucketAddressingTests {

	private final Location primary = new Location(LocationRole.PRIMARY, mock(S3Client.class), "east", null, null);

	private final Location secondary = new Location(LocationRole.SECONDARY, mock(S3Client.class), "west",
			"123456789012", null);

	private final BucketAddressing addressing = new BucketAddressing(new LocationPair(this.primary, this.secondary));

	@Test
	void knowsTheBucketOfAllOperationsButThoseThatHaveNone() {
		assertThat(requestsOfTheSdk().filter((request) -> !fields(request).containsKey("Bucket")))
			.extracting((request) -> request.getClass().getSimpleName())
			.containsExactlyInAnyOrder("ListBucketsRequest", "ListDirectoryBucketsRequest",
					"WriteGetObjectResponseRequest");
	}

	@ParameterizedTest
	@MethodSource("requestsOfTheSdk")
	void addressesEachRequestOfTheSdk(S3Request request) {
		S3Request addressed = this.addressing.address(request, this.secondary);

		Map<String, Object> values = fields(addressed);
		if (fields(request).containsKey("Bucket")) {
			assertThat(values).containsEntry("Bucket", "west");
		}
		for (String owner : List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner")) {
			if (values.containsKey(owner)) {
				assertThat(values).containsEntry(owner, "123456789012");
			}
		}
		if (values.containsKey("SourceBucket")) {
			assertThat(values).containsEntry("SourceBucket", "west");
		}
		assertThat(this.addressing.isForeign(request)).isFalse();
		assertThat(this.addressing.address(addressed, this.secondary)).isSameAs(addressed);
	}

	@Test
	void changesNothingElse() {
		PutObjectRequest request = PutObjectRequest.builder()
			.bucket("east")
			.key("k")
			.metadata(Map.of("a", "b"))
			.overrideConfiguration((override) -> override.putHeader("x", "y"))
			.build();

		assertThat(this.addressing.address(request, this.secondary))
			.isEqualTo(request.toBuilder().bucket("west").expectedBucketOwner("123456789012").build());
	}

	@Test
	void leavesARequestAsItIsWhereItNeedsNoChange() {
		GetObjectRequest request = GetObjectRequest.builder().bucket("east").key("k").build();

		assertThat(this.addressing.address(request, this.primary)).isSameAs(request);
	}

	@Test
	void keepsAnExpectedOwnerThatTheCallerSet() {
		GetObjectRequest request = GetObjectRequest.builder().bucket("east").expectedBucketOwner("me").build();

		assertThat(((GetObjectRequest) this.addressing.address(request, this.secondary)).expectedBucketOwner())
			.isEqualTo("me");
	}

	@Test
	void tellsAForeignBucket() {
		assertThat(this.addressing.isForeign(GetObjectRequest.builder().bucket("other").build())).isTrue();
		assertThat(this.addressing.isForeign(GetObjectRequest.builder().bucket("east").build())).isFalse();
		assertThat(this.addressing.isForeign(GetObjectRequest.builder().bucket("west").build())).isFalse();
		assertThat(this.addressing.isForeign(GetObjectRequest.builder().build())).isFalse();
		assertThat(this.addressing.isForeign(ListBucketsRequest.builder().build())).isFalse();
	}

	@Test
	void addressesBothEndsOfACopyWithinThePair() {
		CopyObjectRequest request = CopyObjectRequest.builder()
			.sourceBucket("east")
			.sourceKey("a")
			.destinationBucket("east")
			.destinationKey("b")
			.build();

		CopyObjectRequest addressed = (CopyObjectRequest) this.addressing.address(request, this.secondary);

		assertThat(addressed.sourceBucket()).isEqualTo("west");
		assertThat(addressed.destinationBucket()).isEqualTo("west");
		assertThat(addressed.expectedBucketOwner()).isEqualTo("123456789012");
		assertThat(addressed.expectedSourceBucketOwner()).isEqualTo("123456789012");
	}

	@Test
	void leavesAForeignSourceOfACopyAlone() {
		UploadPartCopyRequest request = UploadPartCopyRequest.builder()
			.sourceBucket("other")
			.sourceKey("a")
			.destinationBucket("east")
			.build();

		UploadPartCopyRequest addressed = (UploadPartCopyRequest) this.addressing.address(request, this.secondary);

		assertThat(addressed.sourceBucket()).isEqualTo("other");
		assertThat(addressed.expectedSourceBucketOwner()).isNull();
		assertThat(addressed.destinationBucket()).isEqualTo("west");
	}

	@Test
	@SuppressWarnings("deprecation")
	void addressesACopySourceThatIsGivenAsOneText() {
		assertThat(copySourceAtSecondary("east/a%20b/c?versionId=east")).isEqualTo("west/a%20b/c?versionId=east");
		assertThat(copySourceAtSecondary("/east/a")).isEqualTo("west/a");
		assertThat(copySourceAtSecondary("west/a")).isEqualTo("west/a");
		assertThat(copySourceAtSecondary("eastern/a")).isEqualTo("eastern/a");
		assertThat(copySourceAtSecondary("other/east/a")).isEqualTo("other/east/a");
		assertThat(copySourceAtSecondary("east%2Fa")).isEqualTo("west/a");
	}

	@Test
	void putsACopySourceIntoTheFormOfAnAccessPoint() {
		String arn = "arn:aws:s3:us-west-2:123456789012:accesspoint/west";

		assertThat(CopySource.parse("east/a/b").in(arn)).hasToString(arn + "/object/a/b");
		assertThat(CopySource.parse(arn + "/object/a/b").in("east")).hasToString("east/a/b");
		assertThat(CopySource.parse(arn + "/object/a/b").bucket()).isEqualTo(arn);
		assertThat(CopySource.parse("nothing").bucket()).isEqualTo("nothing");
	}

	@SuppressWarnings("deprecation")
	private String copySourceAtSecondary(String copySource) {
		CopyObjectRequest request = CopyObjectRequest.builder().copySource(copySource).destinationKey("b").build();
		CopyObjectRequest addressed = (CopyObjectRequest) this.addressing.address(request, this.secondary);
		assertThat(addressed.destinationBucket()).isEqualTo("west");
		assertThat(addressed.sourceBucket()).isNull();
		return addressed.copySource();
	}

	static Stream<S3Request> requestsOfTheSdk() {
		Map<String, S3Request> requests = new TreeMap<>();
		for (Class<?> client : new Class<?>[] { S3Client.class, S3AsyncClient.class }) {
			for (Method method : client.getMethods()) {
				Class<?>[] types = method.getParameterTypes();
				if (types.length > 0 && S3Request.class.isAssignableFrom(types[0]) && types[0] != S3Request.class) {
					requests.computeIfAbsent(types[0].getSimpleName(), (name) -> empty(types[0]));
				}
			}
		}
		return requests.values().stream();
	}

	private static S3Request empty(Class<?> type) {
		try {
			return (S3Request) ((SdkBuilder<?, ?>) type.getMethod("builder").invoke(null)).build();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> fields(S3Request request) {
		Map<String, Object> values = new HashMap<>();
		for (SdkField<?> field : request.sdkFields()) {
			values.put(field.locationName(), field.getValueOrDefault(request));
		}
		return values;
	}

}
