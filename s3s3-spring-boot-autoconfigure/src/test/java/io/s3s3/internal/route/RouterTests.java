package io.s3s3.internal.route;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.ProbeResult;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Router}.
 */
class RouterTests extends AbstractRouterTests {

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
		Route plan = new Router(this.pair, this.director, true, true,
				new WriteMemory(ConsistencySettings.DEFAULTS, this.pair, this.director,
						Mockito.mock(Discoveries.class)))
			.route("PutObject", PutObjectRequest.builder().ifNoneMatch("*").build(), new Target(null, null, false));

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

}
