package io.s3s3.internal.route;

import java.util.List;
import java.util.function.Consumer;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseRequest;

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

	private final Router router = new Router(this.pair, this.director, false, true);

	@Test
	void tellsThePrimaryAsHome() {
		assertThat(this.router.home()).isSameAs(this.primary);
	}

	@Test
	void letsReadsAndIdempotentWritesTryBothLocations() {
		assertThat(route("GetObject", GetObjectRequest.builder().build(), null).locations())
			.containsExactly(this.primary, this.secondary);
		assertThat(route("PutObject", PutObjectRequest.builder().build(), null).locations())
			.containsExactly(this.primary, this.secondary);
	}

	@Test
	void followsTraffic() {
		FailoverControl control = FailoverControl.of(this.director, this.pair, (location) -> ProbeResult.SUCCESS);
		control.force(LocationRole.SECONDARY);

		assertThat(this.router.home()).isSameAs(this.secondary);
		assertThat(route("GetObject", GetObjectRequest.builder().key("k").build(), null).locations())
			.containsExactly(this.secondary, this.primary);
		assertThat(route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), null).locations())
			.containsExactly(this.secondary);
		assertThat(route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), "east").locations())
			.containsExactly(this.primary);
	}

	@Test
	void leavesOutADrainedLocationButForWhatOnlyItMayServe() {
		FailoverControl control = FailoverControl.of(this.director, this.pair, (location) -> ProbeResult.SUCCESS);
		this.router.answered(this.primary, CreateMultipartUploadRequest.builder().build(),
				CreateMultipartUploadResponse.builder().uploadId("upload").build());
		answered(this.primary, (page) -> page.contents(object("k1")));
		control.drain(LocationRole.PRIMARY);

		Route plan = route("GetObject", GetObjectRequest.builder().key("k").build(), null);
		assertThat(plan.locations()).containsExactly(this.secondary);
		assertThat(plan.limit()).contains("operator");
		assertThat(route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.secondary);
		assertThat(route("UploadPart", UploadPartRequest.builder().uploadId("upload").build(), null).locations())
			.containsExactly(this.primary);
		control.undrain(LocationRole.PRIMARY);
		control.reset();
		control.drain(LocationRole.SECONDARY);
		assertThat(route("GetObject", GetObjectRequest.builder().key("k").build(), null).locations())
			.containsExactly(this.primary);
	}

	@Test
	void keepsConditionalWritesAtHomeAndSaysWhy() {
		Route plan = route("PutObject", PutObjectRequest.builder().ifNoneMatch("*").build(), null);

		assertThat(plan.locations()).containsExactly(this.primary);
		assertThat(plan.limit()).contains("s3s3.failover.conditional-writes");
	}

	@Test
	void letsConditionalWritesTryBothLocationsWhenAllowed() {
		Route plan = new Router(this.pair, this.director, true, true).route("PutObject",
				PutObjectRequest.builder().ifNoneMatch("*").build(), new Target(null, null, false));

		assertThat(plan.locations()).containsExactly(this.primary, this.secondary);
		assertThat(plan.limit()).isNull();
	}

	@Test
	void keepsAdministrationAtHome() {
		assertThat(route("PutBucketVersioning", PutBucketVersioningRequest.builder().build(), null).locations())
			.containsExactly(this.primary);
	}

	@Test
	void sendsWhatOnlyOneLocationMayServeToTheOneWhoseBucketIsNamed() {
		DeleteObjectRequest version = DeleteObjectRequest.builder().key("k").versionId("v").build();

		assertThat(route("DeleteObject", version, "west").locations()).containsExactly(this.secondary);
		assertThat(route("DeleteObject", version, "east").locations()).containsExactly(this.primary);
		assertThat(route("DeleteBucket", DeleteBucketRequest.builder().build(), "west").locations())
			.containsExactly(this.secondary);
		assertThat(route("PutObject", PutObjectRequest.builder().build(), "west").locations())
			.containsExactly(this.primary, this.secondary);
	}

	@Test
	void keepsConditionalWritesAtHomeWhicheverBucketIsNamed() {
		PutObjectRequest conditional = PutObjectRequest.builder().ifMatch("e").build();

		assertThat(route("PutObject", conditional, "west").locations()).containsExactly(this.primary);
		assertThat(route("PutObject", conditional, "east").locations()).containsExactly(this.primary);
	}

	@Test
	void doesNotTakeOneListingForAnother() {
		answered(this.primary, (page) -> page.contents(object("k1")));
		ListObjectsV2Request other = nextPage().toBuilder().delimiter("/").build();

		assertThat(this.router.requestFor(other, this.secondary))
			.isEqualTo(other.toBuilder().bucket(this.secondary.bucket()).build());
		assertThat(route("ListObjectsV2", other, null).sought()).isEqualTo(Sought.LISTING);
	}

	@Test
	void sendsAnUploadToTheLocationThatIssuedItsId() {
		CreateMultipartUploadRequest create = CreateMultipartUploadRequest.builder().build();
		this.router.answered(this.secondary, create,
				CreateMultipartUploadResponse.builder().uploadId("upload").build());

		assertThat(route("UploadPart", UploadPartRequest.builder().uploadId("upload").build(), null).locations())
			.containsExactly(this.secondary);
		assertThat(route("CompleteMultipartUpload", CompleteMultipartUploadRequest.builder().uploadId("upload").build(),
				null)
			.locations()).containsExactly(this.secondary);
	}

	@Test
	void asksBothLocationsForAnUploadOfUnknownOriginBeginningWithHome() {
		Route plan = route("UploadPart", uploadPart("other"), null);

		assertThat(plan.locations()).containsExactly(this.primary, this.secondary);
		assertThat(plan.sought()).isEqualTo(Sought.UPLOAD);
		assertThat(route("UploadPart", uploadPart("other"), "west").locations()).containsExactly(this.secondary,
				this.primary);
	}

	@Test
	void asksFirstWhoTookARequestForAnUploadOfUnknownOrigin() {
		this.router.answered(this.secondary, uploadPart("other"), UploadPartResponse.builder().build());

		assertThat(route("AbortMultipartUpload", AbortMultipartUploadRequest.builder().uploadId("other").build(), null)
			.locations()).containsExactly(this.secondary, this.primary);
	}

	@Test
	void asksEvenADrainedLocationForAnUploadOfUnknownOrigin() {
		FailoverControl control = FailoverControl.of(this.director, this.pair, (location) -> ProbeResult.SUCCESS);
		control.drain(LocationRole.PRIMARY);

		assertThat(route("UploadPart", uploadPart("other"), null).locations()).containsExactly(this.secondary,
				this.primary);
	}

	@Test
	void asksTheIssuerOfAContinuationTokenFirst() {
		answered(this.secondary, (page) -> page.contents(object("k1")));

		assertThat(route("ListObjectsV2", nextPage(), null).locations()).containsExactly(this.secondary, this.primary);
	}

	@Test
	void asksBothLocationsForAContinuationTokenOfUnknownOrigin() {
		Route plan = route("ListObjectsV2", nextPage(), null);

		assertThat(plan.locations()).containsExactly(this.primary, this.secondary);
		assertThat(plan.sought()).isEqualTo(Sought.LISTING);
	}

	@Test
	void continuesAListingElsewhereBehindTheLastKey() {
		answered(this.primary, (page) -> page.contents(object("k1"), object("k2")));

		assertThat(this.router.requestFor(nextPage(), this.primary))
			.isEqualTo(nextPage().toBuilder().bucket(this.primary.bucket()).build());
		assertThat(this.router.requestFor(nextPage(), this.secondary))
			.isEqualTo(ListObjectsV2Request.builder().bucket(this.secondary.bucket()).startAfter("k2").build());
	}

	@Test
	void continuesAListingElsewhereBehindAllKeysOfTheLastPrefix() {
		answered(this.primary, (page) -> page.contents(object("a")).commonPrefixes(prefix("b/")));

		ListObjectsV2Request request = (ListObjectsV2Request) this.router.requestFor(nextPage(), this.secondary);

		assertThat(request.startAfter()).startsWith("b/").isGreaterThan("b/zzz");
	}

	@Test
	void comparesKeysAndPrefixesAsS3DoesByTheirBytes() {
		String beyondTheBasicPlane = Character.toString(0x1F600);
		answered(this.primary, (page) -> page.contents(object(beyondTheBasicPlane)).commonPrefixes(prefix("\uFFFD/")));

		ListObjectsV2Request request = (ListObjectsV2Request) this.router.requestFor(nextPage(), this.secondary);

		assertThat(request.startAfter()).isEqualTo(beyondTheBasicPlane);
	}

	@Test
	void letsAllReadsThatCantBeWrittenBackTryBothLocations() {
		assertThat(route("ListBuckets", ListBucketsRequest.builder().build(), null).locations())
			.containsExactly(this.primary, this.secondary);
		assertThat(route("GetBucketLocation", GetBucketLocationRequest.builder().build(), "east").locations())
			.containsExactly(this.primary, this.secondary);
		assertThat(route("GetBucketCors", GetBucketCorsRequest.builder().build(), "east").locations())
			.containsExactly(this.primary);
	}

	@Test
	void saysWhyACallStaysWithOneLocation() {
		assertThat(route("GetBucketCors", GetBucketCorsRequest.builder().build(), "east").limit())
			.isEqualTo("it concerns the bucket itself");
		assertThat(route("WriteGetObjectResponse", WriteGetObjectResponseRequest.builder().build(), null).limit())
			.doesNotContain("bucket");
		assertThat(route("NeverHeardOf", GetObjectRequest.builder().build(), null).limit()).contains("not known");
		assertThat(route("DeleteObject", DeleteObjectRequest.builder().key("k").versionId("v").build(), null).limit())
			.contains("version");
	}

	@Test
	void sendsACopyFromABucketOutsideThePairToThePrimaryOnly() {
		CopyObjectRequest copy = CopyObjectRequest.builder().sourceBucket("foreign").build();
		FailoverControl control = FailoverControl.of(this.director, this.pair, (location) -> ProbeResult.SUCCESS);
		control.force(LocationRole.SECONDARY);

		Route plan = this.router.route("CopyObject", copy, new Target("east", "k", true));

		assertThat(plan.locations()).containsExactly(this.primary);
		assertThat(plan.limit()).contains("outside the pair");
	}

	private Route route(String operation, S3Request request, @Nullable String bucket) {
		return this.router.route(operation, request,
				new Target(bucket, request.getValueForField("Key", String.class).orElse(null), false));
	}

	private void answered(Location location, Consumer<ListObjectsV2Response.Builder> page) {
		ListObjectsV2Response response = ListObjectsV2Response.builder()
			.applyMutation(page)
			.nextContinuationToken("token")
			.build();
		this.router.answered(location, ListObjectsV2Request.builder().build(), response);
	}

	private static UploadPartRequest uploadPart(String uploadId) {
		return UploadPartRequest.builder().uploadId(uploadId).build();
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
