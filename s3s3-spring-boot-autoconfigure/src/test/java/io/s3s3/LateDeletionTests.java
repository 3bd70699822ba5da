package io.s3s3;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.consistency.ObjectAbsence;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.WriteBuried;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An object that was deleted and written again, at a store whose 404 does not tell of
 * markers, where the deletion has arrived after the write.
 */
class LateDeletionTests {

	private final S3Client east = Mockito.mock(S3Client.class);

	private final List<RequestEvent> events = new ArrayList<>();

	@AutoClose
	private final FailoverS3Client client = FailoverS3Client.builder()
		.primary(this.east, "east")
		.secondary(Mockito.mock(S3Client.class), "west")
		.listener(this.events::add)
		.build();

	@BeforeEach
	void deleteAndWriteAgain() {
		Mockito.when(this.east.putObject(Mockito.any(PutObjectRequest.class), Mockito.any(RequestBody.class)))
			.thenReturn(PutObjectResponse.builder().versionId("v1").eTag("a").build(),
					PutObjectResponse.builder().versionId("v2").eTag("b").build());
		Mockito.when(this.east.deleteObject(Mockito.any(DeleteObjectRequest.class)))
			.thenReturn(DeleteObjectResponse.builder().versionId("m1").deleteMarker(true).build());
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenAnswer((call) -> head(call.getArgument(0)));
		this.client.putObject((put) -> put.key("k"), RequestBody.fromString("first"));
		this.client.deleteObject((delete) -> delete.key("k"));
		this.client.putObject((put) -> put.key("k"), RequestBody.fromString("second"));
		this.events.clear();
	}

	@Test
	void readsTheVersionThatItsOwnDeletionHasBuried() {
		newestMarkerIs("m1");

		assertThat(this.client.headObject((head) -> head.key("k")).versionId()).isEqualTo("v2");

		assertThat(this.events).hasAtLeastOneElementOfType(WriteBuried.class);
	}

	@Test
	void copiesTheVersionThatItsOwnDeletionHasBuried() {
		newestMarkerIs("m1");
		Mockito.when(this.east.copyObject(Mockito.any(CopyObjectRequest.class)))
			.thenAnswer((call) -> copy(call.getArgument(0)));

		this.client.copyObject((copy) -> copy.sourceKey("k").destinationKey("copy"));

		Mockito.verify(this.east)
			.copyObject(Mockito.<CopyObjectRequest>argThat((copy) -> "v2".equals(copy.sourceVersionId())));
	}

	@Test
	void believesTheDeletionOfSomebodyElse() {
		newestMarkerIs("theirs");

		S3Exception absence = absence();

		assertThat(ObjectAbsence.of(absence)).isEqualTo(ObjectAbsence.DELETED);
		assertThat(this.events).noneMatch(ReadUnproven.class::isInstance);
		absence();
		Mockito.verify(this.east).listObjectVersions(Mockito.any(ListObjectVersionsRequest.class));
	}

	@Test
	void tellsThatNothingIsProvedWhereVersionsMayNotBeListed() {
		Mockito.when(this.east.listObjectVersions(Mockito.any(ListObjectVersionsRequest.class)))
			.thenThrow(S3Exception.builder().statusCode(403).build());

		assertThat(absence().statusCode()).isEqualTo(404);

		assertThat(this.events).hasAtLeastOneElementOfType(ReadUnproven.class);
	}

	@Test
	void asksForNoMarkerWhereThereAreNoVersions() {
		Mockito.when(this.east.putObject(Mockito.any(PutObjectRequest.class), Mockito.any(RequestBody.class)))
			.thenReturn(PutObjectResponse.builder().eTag("c").build());
		this.client.putObject((put) -> put.key("k"), RequestBody.fromString("third"));

		assertThat(absence().statusCode()).isEqualTo(404);

		Mockito.verify(this.east, Mockito.never()).listObjectVersions(Mockito.any(ListObjectVersionsRequest.class));
	}

	private void newestMarkerIs(String version) {
		Mockito.when(this.east.listObjectVersions(Mockito.any(ListObjectVersionsRequest.class)))
			.thenReturn(ListObjectVersionsResponse.builder()
				.deleteMarkers((marker) -> marker.key("k").versionId(version).isLatest(true))
				.build());
	}

	private S3Exception absence() {
		return catchThrowableOfType(S3Exception.class, () -> this.client.headObject((head) -> head.key("k")));
	}

	private static HeadObjectResponse head(HeadObjectRequest request) {
		if (!"v2".equals(request.versionId())) {
			throw missing();
		}
		return HeadObjectResponse.builder().versionId("v2").eTag("b").build();
	}

	private static CopyObjectResponse copy(CopyObjectRequest request) {
		if (!"v2".equals(request.sourceVersionId())) {
			throw missing();
		}
		return CopyObjectResponse.builder().copyObjectResult((result) -> result.eTag("b")).build();
	}

	private static S3Exception missing() {
		return (S3Exception) NoSuchKeyException.builder()
			.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchKey").build())
			.build();
	}

}
