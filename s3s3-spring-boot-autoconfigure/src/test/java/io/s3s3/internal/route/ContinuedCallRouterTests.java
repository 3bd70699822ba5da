package io.s3s3.internal.route;

import java.util.List;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.ProbeResult;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Router}: calls that go on with an upload or a listing.
 */
class ContinuedCallRouterTests extends AbstractRouterTests {

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

	private static UploadPartRequest uploadPart(String uploadId) {
		return UploadPartRequest.builder().uploadId(uploadId).build();
	}

	private static List<CommonPrefix> prefix(String prefix) {
		return List.of(CommonPrefix.builder().prefix(prefix).build());
	}

}
