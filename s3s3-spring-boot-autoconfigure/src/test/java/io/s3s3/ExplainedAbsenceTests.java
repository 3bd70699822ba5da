package io.s3s3;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.ObjectAbsence;
import io.s3s3.consistency.ReadConsistency;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a 404 means when its location is asked for the reason.
 */
class ExplainedAbsenceTests {

	private final S3Client east = Mockito.mock(S3Client.class);

	private final S3Client west = Mockito.mock(S3Client.class);

	private final S3Exception bare = (S3Exception) NoSuchKeyException.builder()
		.statusCode(404)
		.requestId("request")
		.awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchKey").build())
		.build();

	private final ListObjectVersionsRequest question = ListObjectVersionsRequest.builder()
		.bucket("east")
		.prefix("k")
		.maxKeys(1)
		.encodingType(EncodingType.URL)
		.build();

	@Test
	void knowsADeletionByItsMarker() {
		answer(ListObjectVersionsResponse.builder().deleteMarkers((marker) -> marker.key("k").isLatest(true)));

		S3Exception absence = absence(true);

		assertThat(ObjectAbsence.of(absence)).isEqualTo(ObjectAbsence.DELETED);
		assertThat(absence.requestId()).isEqualTo("request");
		assertThat(absence.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey");
	}

	@Test
	void knowsThatThereNeverWasAVersion() {
		answer(ListObjectVersionsResponse.builder().deleteMarkers((marker) -> marker.key("k2").isLatest(true)));

		assertThat(ObjectAbsence.of(absence(true))).isEqualTo(ObjectAbsence.MISSING);
	}

	@Test
	void isNotSureWhenTheObjectIsThereByThen() {
		answer(ListObjectVersionsResponse.builder().versions((version) -> version.key("k").isLatest(true)));

		assertThat(ObjectAbsence.of(absence(true))).isEqualTo(ObjectAbsence.UNKNOWN);
	}

	@Test
	void looksAtTheNewestVersionWhereMoreAreReturnedThanAskedFor() {
		answer(ListObjectVersionsResponse.builder()
			.versions((version) -> version.key("k").isLatest(false))
			.deleteMarkers((marker) -> marker.key("k").isLatest(true)));

		assertThat(ObjectAbsence.of(absence(true))).isEqualTo(ObjectAbsence.DELETED);
	}

	@Test
	void keepsTheAnswerWhenVersionsMayNotBeListed() {
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(this.bare);
		Mockito.when(this.east.listObjectVersions(this.question))
			.thenThrow(S3Exception.builder().statusCode(403).build());

		assertThat(absence(true)).isSameAs(this.bare);
	}

	@Test
	void asksNothingUnlessToldTo() {
		answer(ListObjectVersionsResponse.builder());

		assertThat(absence(false)).isSameAs(this.bare);
		Mockito.verify(this.east, Mockito.never()).listObjectVersions(Mockito.any(ListObjectVersionsRequest.class));
	}

	@Test
	void asksNothingOfWhatTellsByItself() {
		S3Exception missingBucket = (S3Exception) S3Exception.builder()
			.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchBucket").build())
			.build();
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(missingBucket);
		Mockito.when(this.west.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(missingBucket);

		assertThat(absence(true)).isSameAs(missingBucket);
		Mockito.verify(this.east, Mockito.never()).listObjectVersions(Mockito.any(ListObjectVersionsRequest.class));
	}

	private void answer(ListObjectVersionsResponse.Builder versions) {
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(this.bare);
		Mockito.when(this.east.listObjectVersions(this.question)).thenReturn(versions.build());
	}

	private S3Exception absence(boolean explained) {
		try (FailoverS3Client client = FailoverS3Client.builder()
			.primary(this.east, "east")
			.secondary(this.west, "west")
			.consistency(new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1),
					Confirmation.DEFAULTS, explained, false))
			.build()) {
			return catchThrowableOfType(S3Exception.class, () -> client.headObject((head) -> head.key("k")));
		}
	}

}
