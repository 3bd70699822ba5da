package io.s3s3.internal.download;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectRange}.
 */
class ObjectRangeTests {

	private static final GetObjectRequest REQUEST = GetObjectRequest.builder().key("k").build();

	@Test
	void asksForTheRestOfAWholeObject() {
		ObjectRange object = rangeOf(answer(100));

		GetObjectRequest rest = object.rest(REQUEST, 30);

		assertThat(object.isWhole()).isTrue();
		assertThat(rest.range()).isEqualTo("bytes=30-99");
		assertThat(rest.ifMatch()).isEqualTo("\"e\"");
	}

	@Test
	void asksForTheRestOfAPartByItsRange() {
		ObjectRange part = rangeOf(answer(50).toBuilder().contentRange("bytes 200-249/1000").build());

		GetObjectRequest rest = part.rest(REQUEST.toBuilder().partNumber(5).build(), 10);

		assertThat(part.isWhole()).isFalse();
		assertThat(rest.range()).isEqualTo("bytes=210-249");
		assertThat(rest.partNumber()).isNull();
	}

	@Test
	void replacesTheConditionsOfTheCallerByTheObjectThatMetThem() {
		GetObjectRequest conditional = REQUEST.toBuilder()
			.ifNoneMatch("other")
			.ifMatch("*")
			.ifModifiedSince(Instant.EPOCH)
			.ifUnmodifiedSince(Instant.EPOCH)
			.build();

		GetObjectRequest rest = rangeOf(answer(100)).rest(conditional, 1);

		assertThat(rest).isEqualTo(REQUEST.toBuilder().range("bytes=1-99").ifMatch("\"e\"").build());
	}

	@Test
	void asksForAVersionWithoutItsETag() {
		ObjectRange object = rangeOf(answer(100).toBuilder().versionId("v1").build());

		assertThat(object.restOfVersion(REQUEST, 1))
			.isEqualTo(REQUEST.toBuilder().range("bytes=1-99").versionId("v1").build());
		assertThat(rangeOf(answer(100).toBuilder().versionId("null").build()).versionId()).isNull();
	}

	@Test
	void takesAnotherETagOnlyForTheVeryVersionAndWhereItSaysNothingOfTheBytes() {
		ObjectRange object = rangeOf(answer(100).toBuilder().versionId("v1").build());
		GetObjectResponse other = GetObjectResponse.builder().eTag("\"other\"").versionId("v1").build();
		GetObjectResponse encrypted = other.toBuilder().serverSideEncryption(ServerSideEncryption.AWS_KMS).build();

		assertThat(object.isVersion(encrypted, false)).isTrue();
		assertThat(object.isVersion(encrypted.toBuilder().versionId("v2").build(), false)).isFalse();
		assertThat(object.isVersion(encrypted.toBuilder().versionId(null).build(), true)).isFalse();
		assertThat(object.isVersion(other, false)).isFalse();
		assertThat(object.isVersion(other, true)).isTrue();
		assertThat(rangeOf(answer(100)).isVersion(encrypted, true)).isFalse();
	}

	@Test
	void asksForAllThatFollowsWhereTheLengthIsUnknown() {
		ObjectRange object = rangeOf(GetObjectResponse.builder().eTag("\"e\"").build());

		assertThat(object.rest(REQUEST, 7).range()).isEqualTo("bytes=7-");
	}

	@Test
	void takesOnlyAnAnswerThatGoesOnWhereItBroke() {
		ObjectRange object = rangeOf(answer(100));

		assertThat(goesOn(object, "bytes 30-99/100")).isTrue();
		assertThat(goesOn(object, "bytes 30-99/*")).isTrue();
		assertThat(goesOn(object, "bytes 29-99/100")).isFalse();
		assertThat(goesOn(object, "bytes 30-98/100")).isFalse();
		assertThat(goesOn(object, "bytes 30-99/101")).isFalse();
		assertThat(goesOn(object, null)).isFalse();
		assertThat(goesOn(object, "nonsense")).isFalse();
	}

	@Test
	void takesOnlyAnAnswerUpToTheEndWhereTheLengthIsUnknown() {
		ObjectRange object = rangeOf(GetObjectResponse.builder().eTag("\"e\"").build());

		assertThat(goesOn(object, "bytes 30-99/100")).isTrue();
		assertThat(goesOn(object, "bytes 30-98/100")).isFalse();
		assertThat(goesOn(object, "bytes 30-99/*")).isFalse();
	}

	@Test
	void learnsTheLengthFromTheRest() {
		ObjectRange object = rangeOf(GetObjectResponse.builder().eTag("\"e\"").build());
		GetObjectResponse rest = GetObjectResponse.builder().contentRange("bytes 30-99/100").build();

		assertThat(object.completedBy(rest)).isEqualTo(rangeOf(answer(100)));
		assertThat(rangeOf(answer(200)).completedBy(rest)).isEqualTo(rangeOf(answer(200)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-key", "x-amz-iv", "x-amz-key-v2", "x-amz-cek-alg", "x-amz-c" })
	void leavesAloneWhatTheClientDecrypts(String name) {
		assertThat(ObjectRange.of(answer(100).toBuilder().metadata(Map.of(name, "value")).build())).isNull();
	}

	@Test
	void leavesAloneWhatHasNoETag() {
		assertThat(ObjectRange.of(GetObjectResponse.builder().contentLength(1L).build())).isNull();
	}

	private static boolean goesOn(ObjectRange object, @org.jspecify.annotations.Nullable String contentRange) {
		return object.goesOnWith(GetObjectResponse.builder().contentRange(contentRange).build(), 30);
	}

	private static ObjectRange rangeOf(GetObjectResponse response) {
		return java.util.Objects.requireNonNull(ObjectRange.of(response));
	}

	private static GetObjectResponse answer(long length) {
		return GetObjectResponse.builder().eTag("\"e\"").contentLength(length).build();
	}

}
