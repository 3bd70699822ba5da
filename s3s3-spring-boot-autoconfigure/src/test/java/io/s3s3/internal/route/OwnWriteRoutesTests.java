package io.s3s3.internal.route;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.ProbeResult;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where calls go because of what this process has written.
 */
class OwnWriteRoutesTests extends AbstractRouterTests {

	private final FailoverControl control = FailoverControl.of(this.director, this.pair,
			(location) -> ProbeResult.SUCCESS);

	@Test
	void deletesAVersionWhereItWasWritten() {
		wrote("k", "v1", this.secondary);

		assertThat(routed("DeleteObject", DeleteObjectRequest.builder().key("k").versionId("v1").build()))
			.containsExactly(this.secondary);
		assertThat(routed("DeleteObject", DeleteObjectRequest.builder().key("k").versionId("v0").build()))
			.containsExactly(this.primary);
		assertThat(routed("DeleteObjects",
				DeleteObjectsRequest.builder()
					.delete((delete) -> delete.objects(ObjectIdentifier.builder().key("k").versionId("v1").build()))
					.build()))
			.containsExactly(this.secondary);
	}

	@Test
	void listsWhereAllIsThatWasWrittenUnderThePrefix() {
		wrote("a/1", "v1", this.secondary);
		wrote("b/1", "v2", this.primary);

		assertThat(listed("a/")).containsExactly(this.secondary, this.primary);
		assertThat(listed("b/")).containsExactly(this.primary, this.secondary);
		assertThat(routed("ListObjectVersions", ListObjectVersionsRequest.builder().prefix("a/").build()))
			.containsExactly(this.secondary, this.primary);
	}

	@Test
	void listsAsUsualWhereNoLocationHasAll() {
		wrote("a/1", "v1", this.secondary);
		wrote("a/2", "v2", this.primary);

		assertThat(listed("a/")).containsExactly(this.primary, this.secondary);
		assertThat(this.router.mayLack(listing("a/"), this.primary)).isTrue();
		assertThat(this.router.mayLack(listing("a/"), this.secondary)).isTrue();
		assertThat(this.router.mayLack(listing("b/"), this.primary)).isFalse();
		assertThat(this.router.mayLack(ListObjectsV2Request.builder().build(), this.primary)).isTrue();
	}

	@Test
	void knowsAnOldObjectOnAPage() {
		wrote("a/1", "v1", this.primary);
		wrote("a/1", "v2", this.primary);

		assertThat(this.router.mayShowOld(pageOf("a/1", "e-v2"), this.primary)).isFalse();
		assertThat(this.router.mayShowOld(pageOf("a/2", "e-v1"), this.primary)).isFalse();
		assertThat(this.router.mayShowOld(pageOf("a/1", "e-v1"), this.secondary)).isTrue();
	}

	private static ListObjectsV2Response pageOf(String key, String eTag) {
		return ListObjectsV2Response.builder().contents((object) -> object.key(key).eTag(eTag)).build();
	}

	@Test
	void listsAsUsualWhereAnOperatorForcesCalls() {
		wrote("a/1", "v1", this.secondary);
		this.control.force(LocationRole.PRIMARY);

		assertThat(listed("a/")).containsExactly(this.primary, this.secondary);
	}

	@Test
	void listsAsUsualWhenAsServed() {
		wrote("a/1", "v1", this.secondary);
		Router asServed = this.router.promising(this.router.consistency().asServed());

		assertThat(asServed.route("ListObjectsV2", listing("a/")).locations()).containsExactly(this.primary,
				this.secondary);
		assertThat(asServed.mayLack(listing("a/"), this.primary)).isFalse();
	}

	@Test
	void checksAConditionWhereTheLastWriteIs() {
		wrote("k", "v1", this.secondary);

		assertThat(routed("PutObject", PutObjectRequest.builder().key("k").ifMatch("e").build()))
			.containsExactly(this.secondary);
		assertThat(routed("CopyObject",
				CopyObjectRequest.builder().sourceKey("from").destinationKey("k").ifMatch("e").build()))
			.containsExactly(this.secondary);
		assertThat(routed("PutObject", PutObjectRequest.builder().key("other").ifMatch("e").build()))
			.containsExactly(this.primary);
	}

	@Test
	void checksAConditionWhereTheLastWriteIsThoughAnOperatorForcesCalls() {
		wrote("k", "v1", this.secondary);
		this.control.force(LocationRole.PRIMARY);

		assertThat(routed("PutObject", PutObjectRequest.builder().key("k").ifMatch("e").build()))
			.containsExactly(this.secondary);
	}

	@Test
	void checksAConditionAtHomeWhereTheWriterIsOut() {
		wrote("k", "v1", this.secondary);
		this.control.drain(LocationRole.SECONDARY);

		assertThat(routed("PutObject", PutObjectRequest.builder().key("k").ifMatch("e").build()))
			.containsExactly(this.primary);
	}

	@Test
	void beginsWithTheLastWriteWhereConditionsMayGoAnywhere() {
		Router anywhere = new Router(this.pair, this.director, true, true, new WriteMemory(ConsistencySettings.DEFAULTS,
				this.pair, this.director, Mockito.mock(Discoveries.class)));
		try (WriteMemory memory = anywhere.memory()) {
			wrote(anywhere, "k", "v1", this.secondary);

			assertThat(
					anywhere.route("PutObject", PutObjectRequest.builder().key("k").ifMatch("e").build()).locations())
				.containsExactly(this.secondary, this.primary);
		}
	}

	@Test
	void readsTagsWhereTheyWereWrittenLast() {
		tagged("k", this.secondary);

		assertThat(routed("GetObjectTagging", GetObjectTaggingRequest.builder().key("k").build()))
			.containsExactly(this.secondary, this.primary);
		assertThat(routed("GetObjectTagging", GetObjectTaggingRequest.builder().key("other").build()))
			.containsExactly(this.primary, this.secondary);
		assertThat(routed("GetObjectAcl", GetObjectAclRequest.builder().key("k").build())).containsExactly(this.primary,
				this.secondary);
		assertThat(routed("GetObject", GetObjectRequest.builder().key("k").build())).containsExactly(this.primary,
				this.secondary);
	}

	@Test
	void readsTagsAsUsualWhereTheyCannotBeReadThere() {
		tagged("k", this.secondary);
		this.control.drain(LocationRole.SECONDARY);

		assertThat(routed("GetObjectTagging", GetObjectTaggingRequest.builder().key("k").build()))
			.containsExactly(this.primary);
	}

	@Test
	void readsTheTagsOfALaterObjectAsUsual() {
		tagged("k", this.secondary);
		wrote("k", "v1", this.primary);

		assertThat(routed("GetObjectTagging", GetObjectTaggingRequest.builder().key("k").build()))
			.containsExactly(this.primary, this.secondary);
	}

	private void tagged(String key, Location location) {
		this.router.written(PutObjectTaggingRequest.builder().key(key).build(), location,
				PutObjectTaggingResponse.builder().build(), System.nanoTime(), System.nanoTime());
	}

	private void wrote(String key, @Nullable String versionId, Location location) {
		wrote(this.router, key, versionId, location);
	}

	private static void wrote(Router router, String key, @Nullable String versionId, Location location) {
		router.written(PutObjectRequest.builder().key(key).build(), location,
				PutObjectResponse.builder().versionId(versionId).eTag("\"e-" + versionId + "\"").build(),
				System.nanoTime(), System.nanoTime());
	}

	private Iterable<Location> routed(String operation, S3Request request) {
		return this.router.route(operation, request).locations();
	}

	private Iterable<Location> listed(String prefix) {
		return routed("ListObjectsV2", listing(prefix));
	}

	private static ListObjectsV2Request listing(String prefix) {
		return ListObjectsV2Request.builder().prefix(prefix).build();
	}

}
