package io.s3s3.routing;

import java.util.List;
import java.util.function.Consumer;

import io.s3s3.location.DefaultFailoverControl;
import io.s3s3.location.FailoverControl;
import io.s3s3.location.HealthSettings;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.location.ProbeResult;
import io.s3s3.location.TrafficDirector;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Router}.
 */
class RouterTests {

	private final Location primary = Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east");

	private final Location secondary = Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west");

	private final LocationPair pair = new LocationPair(this.primary, this.secondary);

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	private final Router router = new Router(this.pair, this.director, false);

	@Test
	void tellsThePrimaryAsHome() {
		assertThat(this.router.home()).isSameAs(this.primary);
	}

	@Test
	void letsReadsAndIdempotentWritesTryBothLocations() {
		assertThat(this.router.route("GetObject", GetObjectRequest.builder().build(), null).locations())
			.containsExactly(this.primary, this.secondary);
		assertThat(this.router.route("PutObject", PutObjectRequest.builder().build(), null).locations())
			.containsExactly(this.primary, this.secondary);
	}

	@Test
	void followsTraffic() {
		FailoverControl control = new DefaultFailoverControl(this.director, this.pair,
				(location) -> ProbeResult.SUCCESS);
		control.force(LocationRole.SECONDARY);

		assertThat(this.router.home()).isSameAs(this.secondary);
		assertThat(this.router.route("GetObject", GetObjectRequest.builder().key("k").build(), null).locations())
			.containsExactly(this.secondary, this.primary);
		assertThat(this.router.route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), null)
			.locations()).containsExactly(this.secondary);
		assertThat(this.router.route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), "east")
			.locations()).containsExactly(this.primary);
	}

	@Test
	void leavesOutADrainedLocationButForWhatOnlyItMayServe() {
		FailoverControl control = new DefaultFailoverControl(this.director, this.pair,
				(location) -> ProbeResult.SUCCESS);
		this.router.answered(this.primary, CreateMultipartUploadRequest.builder().build(),
				CreateMultipartUploadResponse.builder().uploadId("upload").build());
		answered(this.primary, (page) -> page.contents(object("k1")));
		control.drain(LocationRole.PRIMARY);

		RoutePlan plan = this.router.route("GetObject", GetObjectRequest.builder().key("k").build(), null);
		assertThat(plan.locations()).containsExactly(this.secondary);
		assertThat(plan.limit()).contains("operator");
		assertThat(this.router.route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.secondary);
		assertThat(this.router.route("UploadPart", UploadPartRequest.builder().uploadId("upload").build(), null)
			.locations()).containsExactly(this.primary);
		control.undrain(LocationRole.PRIMARY);
		control.reset();
		control.drain(LocationRole.SECONDARY);
		assertThat(this.router.route("GetObject", GetObjectRequest.builder().key("k").build(), null).locations())
			.containsExactly(this.primary);
	}

	@Test
	void keepsConditionalWritesAtHomeAndSaysWhy() {
		RoutePlan plan = this.router.route("PutObject", PutObjectRequest.builder().ifNoneMatch("*").build(), null);

		assertThat(plan.locations()).containsExactly(this.primary);
		assertThat(plan.limit()).contains("s3s3.failover.conditional-writes");
	}

	@Test
	void letsConditionalWritesTryBothLocationsWhenAllowed() {
		RoutePlan plan = new Router(this.pair, this.director, true).route("PutObject",
				PutObjectRequest.builder().ifNoneMatch("*").build(), null);

		assertThat(plan.locations()).containsExactly(this.primary, this.secondary);
		assertThat(plan.limit()).isNull();
	}

	@Test
	void keepsAdministrationAtHome() {
		assertThat(this.router.route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), null)
			.locations()).containsExactly(this.primary);
	}

	@Test
	void sendsWhatOnlyOneLocationMayServeToTheOneWhoseBucketIsNamed() {
		DeleteObjectRequest version = DeleteObjectRequest.builder().key("k").versionId("v").build();

		assertThat(this.router.route("DeleteObject", version, "west").locations()).containsExactly(this.secondary);
		assertThat(this.router.route("DeleteObject", version, "east").locations()).containsExactly(this.primary);
		assertThat(this.router.route("DeleteBucket", DeleteBucketRequest.builder().build(), "west").locations())
			.containsExactly(this.secondary);
		assertThat(this.router.route("PutObject", PutObjectRequest.builder().build(), "west").locations())
			.containsExactly(this.primary, this.secondary);
	}

	@Test
	void keepsConditionalWritesAtHomeWhicheverBucketIsNamed() {
		PutObjectRequest conditional = PutObjectRequest.builder().ifMatch("e").build();

		assertThat(this.router.route("PutObject", conditional, "west").locations()).containsExactly(this.primary);
		assertThat(this.router.route("PutObject", conditional, "east").locations()).containsExactly(this.primary);
	}

	@Test
	void doesNotTakeOneListingForAnother() {
		answered(this.primary, (page) -> page.contents(object("k1")));
		ListObjectsV2Request other = nextPage().toBuilder().delimiter("/").build();

		assertThat(this.router.translate(other, this.secondary)).isSameAs(other);
		assertThat(this.router.route("ListObjectsV2", other, null).locations()).containsExactly(this.primary);
	}

	@Test
	void sendsAnUploadToTheLocationThatIssuedItsId() {
		CreateMultipartUploadRequest create = CreateMultipartUploadRequest.builder().build();
		this.router.answered(this.secondary, create,
				CreateMultipartUploadResponse.builder().uploadId("upload").build());

		assertThat(this.router.route("UploadPart", UploadPartRequest.builder().uploadId("upload").build(), null)
			.locations()).containsExactly(this.secondary);
		assertThat(this.router
			.route("CompleteMultipartUpload", CompleteMultipartUploadRequest.builder().uploadId("upload").build(), null)
			.locations()).containsExactly(this.secondary);
	}

	@Test
	void sendsAnUploadOfUnknownOriginHome() {
		assertThat(this.router.route("UploadPart", UploadPartRequest.builder().uploadId("other").build(), null)
			.locations()).containsExactly(this.primary);
	}

	@Test
	void asksTheIssuerOfAContinuationTokenFirst() {
		answered(this.secondary, (page) -> page.contents(object("k1")));

		assertThat(this.router.route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.secondary,
				this.primary);
	}

	@Test
	void asksOnlyHomeForAContinuationTokenOfUnknownOrigin() {
		assertThat(this.router.route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.primary);
	}

	@Test
	void continuesAListingElsewhereBehindTheLastKey() {
		answered(this.primary, (page) -> page.contents(object("k1"), object("k2")));

		assertThat(this.router.translate(nextPage(), this.primary)).isEqualTo(nextPage());
		assertThat(this.router.translate(nextPage(), this.secondary))
			.isEqualTo(ListObjectsV2Request.builder().startAfter("k2").build());
	}

	@Test
	void continuesAListingElsewhereBehindAllKeysOfTheLastPrefix() {
		answered(this.primary, (page) -> page.contents(object("a")).commonPrefixes(prefix("b/")));

		ListObjectsV2Request request = (ListObjectsV2Request) this.router.translate(nextPage(), this.secondary);

		assertThat(request.startAfter()).startsWith("b/").isGreaterThan("b/zzz");
	}

	@Test
	void comparesKeysAndPrefixesAsS3DoesByTheirBytes() {
		String beyondTheBasicPlane = Character.toString(0x1F600);
		answered(this.primary, (page) -> page.contents(object(beyondTheBasicPlane)).commonPrefixes(prefix("\uFFFD/")));

		ListObjectsV2Request request = (ListObjectsV2Request) this.router.translate(nextPage(), this.secondary);

		assertThat(request.startAfter()).isEqualTo(beyondTheBasicPlane);
	}

	@Test
	void doesNotContinueAListingOfEncodedKeysElsewhere() {
		ListObjectsV2Request encoded = ListObjectsV2Request.builder().encodingType(EncodingType.URL).build();
		ListObjectsV2Response page = ListObjectsV2Response.builder()
			.contents(object("k%2F1"))
			.nextContinuationToken("token")
			.build();
		this.router.answered(this.primary, encoded, page);

		assertThat(this.router.route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.primary);
	}

	private void answered(Location location, Consumer<ListObjectsV2Response.Builder> page) {
		ListObjectsV2Response response = ListObjectsV2Response.builder()
			.applyMutation(page)
			.nextContinuationToken("token")
			.build();
		this.router.answered(location, ListObjectsV2Request.builder().build(), response);
	}

	private static ListObjectsV2Request nextPage() {
		return ListObjectsV2Request.builder().continuationToken("token").build();
	}

	private static S3Object object(String key) {
		return S3Object.builder().key(key).build();
	}

	private static List<CommonPrefix> prefix(String prefix) {
		return List.of(CommonPrefix.builder().prefix(prefix).build());
	}

}
