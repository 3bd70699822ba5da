package io.s3s3.internal.consistency;

import java.util.Objects;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked of the location that took the last write of a key and shows an older one,
 * and what its answers mean.
 */
class SoughtVersionTests extends Histories {

	private static final String KEY = "key";

	private static final LocationRole WRITER = LocationRole.PRIMARY;

	private static final GetObjectRequest GET = GetObjectRequest.builder().key(KEY).build();

	private final RecentWrites writes = new LocalWrites(100_000);

	@Test
	void asksForTheVersionThatWasWrittenLast() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));

		assertThat(version(question(check))).isEqualTo("v2");
		assertThat(question(check)).isNull();
	}

	@Test
	void asksOnceMoreIfTheVersionIsGone() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));
		question(check);

		assertThat(check.judgeSought(WRITER, error(404, "NoSuchKey"))).isEqualTo(Verdict.GONE);

		assertThat(question(check)).isEqualTo(GET);
		assertThat(check.judge(WRITER, object("v1"), 0)).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void copiesElsewhereWhatIsBackIfTheVersionIsGone() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));
		question(check);
		check.judgeSought(WRITER, error(404, "NoSuchKey"));

		S3Request copy = check.guarded(CopyObjectRequest.builder().sourceKey(KEY).build(), WRITER.other());

		assertThat(((CopyObjectRequest) copy).copySourceIfMatch()).isEqualTo("\"a\"");
	}

	@Test
	void goesOnUntilAVersionIsThere() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4),
				put(WRITER, "v3", "c", 5, 6));
		question(check);
		check.judgeSought(WRITER, error(404, "NoSuchVersion"));
		question(check);
		check.refuse(check.judge(WRITER, object("v1"), 0));

		assertThat(version(question(check))).isEqualTo("v2");

		check.judgeSought(WRITER, error(404, "NoSuchVersion"));
		assertThat(question(check)).isEqualTo(GET);
		assertThat(check.judge(WRITER, object("v1"), 0)).isEqualTo(Verdict.UNPROVEN);
	}

	@Test
	void concludesNothingFromOtherAnswers() {
		for (S3Exception error : new S3Exception[] { error(403, "AccessDenied"), error(404, "NoSuchBucket") }) {
			ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));
			question(check);

			assertThat(check.judgeSought(WRITER, error)).isEqualTo(Verdict.BURIED);
			assertThat(question(check)).isNull();
		}
	}

	@Test
	void concludesNothingFromALocationThatDidNotTakeTheVersion() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));
		question(check);

		assertThat(check.judgeSought(WRITER.other(), error(404, "NoSuchKey"))).isEqualTo(Verdict.BURIED);
	}

	@Test
	void takesAConditionThatIsNotMetForTheAnswer() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4));
		question(check);

		assertThat(check.judgeSought(WRITER, error(412, "PreconditionFailed"))).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void asksForAllVersionsIfTheLastWriteWasADeletion() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), delete(WRITER, "m", 3, 4));

		assertThat(question(check)).isInstanceOf(ListObjectVersionsRequest.class);

		assertThat(check.isUndeleted(WRITER, versions(KEY, null, false))).isTrue();
		assertThat(question(check)).isEqualTo(GET);
		assertThat(check.judge(WRITER, object("v1"), 0)).isEqualTo(Verdict.CURRENT);
	}

	@Test
	void doesNotTakeADeletionForUndoneUnlessAllVersionsTellSo() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), delete(WRITER, "m", 3, 4));
		question(check);

		assertThat(check.isUndeleted(WRITER, versions(KEY, "m", false))).isFalse();
		assertThat(check.isUndeleted(WRITER, versions(KEY, null, true))).isFalse();
		assertThat(check.isUndeleted(WRITER, versions("key2", null, false))).isFalse();
		assertThat(check.isUndeleted(WRITER.other(), versions(KEY, null, false))).isFalse();
		assertThat(question(check)).isNull();
	}

	@Test
	void knowsAllVersionsOfAKeyThatOtherKeysBeginWith() {
		ReadCheck check = shown("v1", put(WRITER, "v1", "a", 1, 2), delete(WRITER, "m", 3, 4));
		question(check);
		ListObjectVersionsResponse page = versions(KEY, null, true).toBuilder()
			.versions(ObjectVersion.builder().key(KEY).versionId("v1").build(),
					ObjectVersion.builder().key("key2").versionId("v").build())
			.build();

		assertThat(check.isUndeleted(WRITER, page)).isTrue();
	}

	@Test
	void findsTheOwnWriteBehindWhatSomebodyElseHasTakenBack() {
		KeyHistory history = history(put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4)).shown(WRITER,
				seen("f", "f", 5), 5);
		ReadCheck check = shown("v1", history);

		assertThat(version(question(check))).isEqualTo("f");
		assertThat(check.judgeSought(WRITER, error(404, "NoSuchVersion"))).isEqualTo(Verdict.GONE);
		assertThat(question(check)).isEqualTo(GET);
		check.refuse(check.judge(WRITER, object("v1"), 0));
		assertThat(version(question(check))).isEqualTo("v2");
	}

	@Test
	void asksForNoOwnVersionWhereALaterStateWasSeen() {
		KeyHistory history = history(put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4)).shown(WRITER,
				Sighting.absent("n"), 5);
		KeyHistory unnamed = history(put(WRITER, "v1", "a", 1, 2), put(WRITER, "v2", "b", 3, 4)).shown(WRITER,
				seen(null, "f", 5), 5);

		assertThat(question(shown("v1", history))).isNull();
		assertThat(question(shown("v1", unnamed))).isNull();
	}

	private ReadCheck shown(String version, OwnWrite... own) {
		return shown(version, history(own));
	}

	private ReadCheck shown(String version, KeyHistory history) {
		this.writes.written(KEY, (before) -> history);
		ReadCheck check = new ReadCheck(this.writes, Objects.requireNonNull(ObjectRead.of(GET, null)), GET, history);
		Verdict verdict = check.judge(WRITER, object(version), 0);
		assertThat(verdict).isEqualTo(Verdict.BURIED);
		check.refuse(verdict);
		return check;
	}

	private static @Nullable S3Request question(ReadCheck check) {
		return check.question(WRITER, check.refuse(Verdict.BURIED));
	}

	private static @Nullable String version(@Nullable S3Request request) {
		return (request instanceof GetObjectRequest get) ? get.versionId() : null;
	}

	private static GetObjectResponse object(String version) {
		String eTag = (version.equals("v1")) ? "a" : "other";
		return GetObjectResponse.builder().versionId(version).eTag('"' + eTag + '"').lastModified(at(2)).build();
	}

	private static ListObjectVersionsResponse versions(String key, @Nullable String marker, boolean truncated) {
		ListObjectVersionsResponse.Builder versions = ListObjectVersionsResponse.builder()
			.isTruncated(truncated)
			.versions(ObjectVersion.builder().key(key).versionId("v1").build());
		return ((marker != null)
				? versions.deleteMarkers(DeleteMarkerEntry.builder().key(key).versionId(marker).build()) : versions)
			.build();
	}

	private static S3Exception error(int status, String code) {
		return (S3Exception) S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.build();
	}

}
