package io.s3s3.internal.consistency;

import java.time.Instant;
import java.util.Objects;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the answers to reads with conditions are worth, and how copies are guarded, where
 * the primary has not got that "old" was replaced by "new" at the secondary.
 */
class ReadCheckTests {

	private static final String KEY = "key";

	private final RecentWrites writes = new LocalWrites(100_000);

	ReadCheckTests() {
		write("old", 1);
		write("new", 3);
	}

	@Test
	void thatNothingHasChangedSinceADateIsStaleWhereTheLastWriteIsNot() {
		GetObjectRequest get = GetObjectRequest.builder().key(KEY).ifModifiedSince(Instant.EPOCH).build();

		assertThat(judge(get, 304, LocationRole.PRIMARY)).isEqualTo(Verdict.STALE);
		assertThat(judge(get, 304, LocationRole.SECONDARY)).isEqualTo(Verdict.CURRENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "\"old\", \"new\"", "\"old\"" })
	void thatNothingHasChangedIsStaleUnlessItNamesTheLastWrite(String eTags) {
		GetObjectRequest get = GetObjectRequest.builder().key(KEY).ifNoneMatch(eTags).build();

		assertThat(judge(get, 304, LocationRole.PRIMARY)).isEqualTo(Verdict.STALE);
	}

	@Test
	void thatTheLastWriteHasNotChangedIsCurrent() {
		GetObjectRequest get = GetObjectRequest.builder().key(KEY).ifNoneMatch("\"new\"").build();

		assertThat(judge(get, 304, LocationRole.PRIMARY)).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void copiesOnlyTheLastWriteWhateverElseIsAskedOfTheSource() {
		CopyObjectRequest copy = CopyObjectRequest.builder().sourceKey(KEY).copySourceIfNoneMatch("\"other\"").build();
		UploadPartCopyRequest part = UploadPartCopyRequest.builder()
			.sourceKey(KEY)
			.copySourceIfNoneMatch("\"other\"")
			.build();

		assertThat(((CopyObjectRequest) guarded(copy)).copySourceIfMatch()).isEqualTo("\"new\"");
		assertThat(((UploadPartCopyRequest) guarded(part)).copySourceIfMatch()).isEqualTo("\"new\"");
	}

	@Test
	void copiesOnlyWhatWasSeenSinceTheLastDeletion() {
		CopyObjectRequest copy = CopyObjectRequest.builder().sourceKey(KEY).build();
		delete(5);

		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> guarded(copy));
		assertThat(
				check(GetObjectRequest.builder().key(KEY).build()).judge(LocationRole.SECONDARY, shows("foreign"), 0))
			.isEqualTo(Verdict.CURRENT);
		assertThat(((CopyObjectRequest) guarded(copy)).copySourceIfMatch()).isEqualTo("\"foreign\"");
	}

	@Test
	void doesNotOverruleADateByAnETag() {
		CopyObjectRequest copy = CopyObjectRequest.builder()
			.sourceKey(KEY)
			.copySourceIfUnmodifiedSince(Instant.EPOCH)
			.build();
		UploadPartCopyRequest part = UploadPartCopyRequest.builder()
			.copySource("east/" + KEY)
			.copySourceIfUnmodifiedSince(Instant.EPOCH)
			.build();

		assertThat(((CopyObjectRequest) guarded(copy)).sourceVersionId()).isEqualTo("v3");
		assertThat(((CopyObjectRequest) guarded(copy)).copySourceIfMatch()).isNull();
		assertThat(((UploadPartCopyRequest) guarded(part)).copySource()).isEqualTo("east/key?versionId=v3");
	}

	@Test
	void doesNotDoubtAWriteForWhatAReadHasShownThatBeganBefore() {
		GetObjectRequest get = GetObjectRequest.builder().key(KEY).build();
		AnswerCheck earlier = check(get);
		write("newest", 5);

		assertThat(earlier.judge(LocationRole.SECONDARY, shows("foreign"), 0)).isEqualTo(Verdict.CURRENT);
		assertThat(check(get).judge(LocationRole.PRIMARY, shows("newest"), 0)).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void doubtsAWriteForWhatAReadHasShownThatBeganAfter() {
		GetObjectRequest get = GetObjectRequest.builder().key(KEY).build();

		assertThat(check(get).judge(LocationRole.SECONDARY, shows("foreign"), 0)).isEqualTo(Verdict.CURRENT);
		assertThat(check(get).judge(LocationRole.PRIMARY, shows("new"), 0)).isEqualTo(Verdict.UNPROVEN);
	}

	private static GetObjectResponse shows(String eTag) {
		return GetObjectResponse.builder().eTag('"' + eTag + '"').build();
	}

	private S3Request guarded(S3Request copy) {
		return check(copy).guarded(copy, LocationRole.PRIMARY);
	}

	private Verdict judge(GetObjectRequest get, int status, LocationRole location) {
		return check(get).judge(location, (S3Exception) S3Exception.builder().statusCode(status).build());
	}

	private ReadCheck check(S3Request request) {
		return new ReadCheck(this.writes, Objects.requireNonNull(ObjectRead.of(request, KEY)), request,
				Objects.requireNonNull(this.writes.of(KEY)));
	}

	private void delete(long time) {
		OwnWrite deletion = new OwnWrite(Kind.DELETE, LocationRole.SECONDARY, ObjectIdentity.of("v" + time, null),
				new Span(time, time, null));
		this.writes.written(KEY, (history) -> history.acknowledged(deletion));
	}

	private void write(String eTag, long time) {
		OwnWrite write = new OwnWrite(Kind.PUT, LocationRole.SECONDARY, ObjectIdentity.of("v" + time, eTag),
				new Span(time, time, null));
		this.writes.written(KEY, (history) -> history.acknowledged(write));
	}

}
