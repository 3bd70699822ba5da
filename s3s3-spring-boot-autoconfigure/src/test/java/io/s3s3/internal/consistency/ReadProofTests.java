package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadProof}.
 */
class ReadProofTests {

	@Test
	void isTheVersionThatTheCallerNames() {
		S3Request request = GetObjectRequest.builder().key("k").versionId("v1").ifMatch("\"e\"").build();

		assertThat(isProof(request, "v1", null)).isTrue();
		assertThat(isProof(request, "v2", "\"e\"")).isFalse();
		assertThat(isProof(request, null, "\"e\"")).isFalse();
	}

	@Test
	void isTheEntityTagThatTheCallerNames() {
		S3Request request = HeadObjectRequest.builder().key("k").ifMatch("\"e\"").build();

		assertThat(isProof(request, null, "\"e\"")).isTrue();
		assertThat(isProof(request, "v1", "e")).isTrue();
		assertThat(isProof(request, null, "\"other\"")).isFalse();
		assertThat(isProof(request, null, "W/\"e\"")).isFalse();
		assertThat(isProof(request, "e", null)).isFalse();
	}

	@Test
	void isNothingThatNamesNoSingleObject() {
		assertThat(proof(GetObjectRequest.builder().key("k").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").versionId("null").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").versionId("").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").ifMatch("*").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").ifMatch("").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").ifMatch("\"a\", \"b\"").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").ifMatch("W/\"a\"").build())).isNull();
		assertThat(proof(GetObjectRequest.builder().key("k").ifNoneMatch("\"a\"").build())).isNull();
	}

	private static @Nullable ReadProof proof(S3Request request) {
		return ReadProof.of(request, null);
	}

	private static boolean isProof(S3Request request, @Nullable String version, @Nullable String eTag) {
		SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(200);
		if (version != null) {
			answer.putHeader("x-amz-version-id", version);
		}
		if (eTag != null) {
			answer.putHeader("ETag", eTag);
		}
		ReadProof proof = proof(request);
		return proof != null && proof.isGivenBy(LocationRole.SECONDARY, answer.build());
	}

}
