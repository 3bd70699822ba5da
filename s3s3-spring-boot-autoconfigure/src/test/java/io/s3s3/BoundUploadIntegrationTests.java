package io.s3s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import io.s3s3.event.UploadBound;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OpenFiles;
import io.s3s3.testkit.StoreRequest;
import io.s3s3.transfer.TransferSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Uploads that a caller splits itself and that cannot continue elsewhere, and their ids.
 */
class BoundUploadIntegrationTests extends AbstractPortableUploadTests {

	@Test
	void areThoseThatGoBeyondTheLimit() {
		this.client.close();
		this.client = client(builder().keepParts(DataSize.ofBytes(2 * PART), Duration.ofHours(1)).build());
		byte[] one = bytes(PART + 1);
		byte[] two = bytes(PART);
		String id = begin("k");

		List<CompletedPart> parts = List.of(send("k", id, 1, one), send("k", id, 2, two));

		assertThat(reasons()).singleElement().asString().contains("s3s3.transfer.kept-parts-limit");
		complete("k", id, parts);
		assertThat(eastern.object("k")).isEqualTo(join(one, two));
		String other = begin("l");
		CompletedPart kept = send("l", other, 1, two);
		kill(this.primary);
		complete("l", other, List.of(kept));
		assertThat(western.object("l")).isEqualTo(two);
	}

	@Test
	void areThoseWhosePartsCannotBeWritten() {
		this.client.close();
		Path nowhere = this.folder.resolve("nowhere");
		this.client = client(TransferSettings.builder()
			.directory(nowhere)
			.keepParts(DataSize.ofMegabytes(1), Duration.ofHours(1))
			.build());
		byte[] one = bytes(PART);
		String id = begin("k");

		complete("k", id, List.of(send("k", id, 1, one)));

		assertThat(reasons()).singleElement().asString().contains("s3s3.transfer.directory");
		assertThat(eastern.object("k")).isEqualTo(one);
	}

	@Test
	void areThoseThatNobodyUses() {
		this.client.close();
		this.client = client(builder().keepParts(DataSize.ofMegabytes(1), Duration.ofMillis(1)).build());
		byte[] one = bytes(PART);
		String id = begin("k");
		CompletedPart part = send("k", id, 1, one);

		Awaitility.await().untilAsserted(() -> assertThat(OpenFiles.in(this.folder)).isZero());

		complete("k", id, List.of(part));
		assertThat(eastern.object("k")).isEqualTo(one);
	}

	@Test
	void areThoseWithKeysOfTheCaller() {
		String key = Base64.getEncoder().encodeToString(new byte[32]);

		String id = this.client
			.createMultipartUpload((request) -> request.key("k").sseCustomerAlgorithm("AES256").sseCustomerKey(key))
			.uploadId();

		assertThat(reasons()).hasSize(1);
		CompletedPart part = send("k", id, 1, bytes(PART));
		kill(this.primary);
		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> complete("k", id, List.of(part)));
		assertThat(western.requests()).isEmpty();
	}

	@Test
	void areThoseOfWhichAUrlWasSigned() {
		String id = begin("k");
		CompletedPart part = send("k", id, 1, bytes(PART));

		assertThatIllegalStateException().as("no location has a presigner here")
			.isThrownBy(() -> this.client.presigner()
				.presignUploadPart((presign) -> presign.signatureDuration(Duration.ofMinutes(1))
					.uploadPartRequest((request) -> request.key("k").uploadId(id).partNumber(2))));

		assertThat(reasons()).containsExactly("a URL for it was signed");
		kill(this.primary);
		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> complete("k", id, List.of(part)));
	}

	@Test
	void areThoseThatAreCompletedOnACondition() {
		String id = begin("k");
		CompletedPart part = send("k", id, 1, bytes(PART));
		kill(this.primary);

		Throwable error = catchThrowable(() -> this.client.completeMultipartUpload((request) -> request.key("k")
			.uploadId(id)
			.ifNoneMatch("*")
			.multipartUpload((upload) -> upload.parts(part))));

		assertThat(FailoverTrace.of(error).orElseThrow()).hasMessageContaining("conditional-writes");
		assertThat(western.object("k")).isNull();
	}

	@Test
	void areThoseOfWhichAnotherProcessSentParts() {
		byte[] one = bytes(PART);
		byte[] two = bytes(PART);
		String id = begin("k");
		CompletedPart first = send("k", id, 1, one);
		try (FailoverS3Client other = client(builder().build())) {
			CompletedPart second = part(other
				.uploadPart((request) -> request.key("k").uploadId(id).partNumber(2), RequestBody.fromBytes(two))
				.eTag(), 2);
			this.primary.mode(FaultProxy.Mode.UNAVAILABLE);
			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> complete("k", id, List.of(first, second)));

			revive(this.primary);
			complete("k", id, List.of(first, second));
		}

		assertThat(eastern.object("k")).isEqualTo(join(one, two));
	}

	@Test
	void canBeEndedByAnyProcess() {
		byte[] one = bytes(PART);
		String id = begin("k");
		CompletedPart part = send("k", id, 1, one);
		String aborted = begin("l");

		try (FailoverS3Client other = client(builder().build())) {
			other.completeMultipartUpload(
					(request) -> request.key("k").uploadId(id).multipartUpload((upload) -> upload.parts(part)));
			other.abortMultipartUpload((request) -> request.key("l").uploadId(aborted));
		}

		assertThat(eastern.object("k")).isEqualTo(one);
		assertThat(eastern.uploads()).isEmpty();
	}

	@Test
	void areShownByTheIdsThatCallersHold() {
		String here = begin("here");
		String moved = begin("moved");
		send("moved", moved, 1, bytes(PART));
		kill(this.primary);
		send("moved", moved, 2, bytes(PART));

		List<MultipartUpload> west = this.client.listMultipartUploads((request) -> request.bucket("west")).uploads();
		revive(this.primary);
		List<MultipartUpload> east = this.client.listMultipartUploads((request) -> request.bucket("east")).uploads();

		assertThat(west).extracting(MultipartUpload::uploadId).containsExactly(moved);
		assertThat(east).extracting(MultipartUpload::uploadId).contains(here);
	}

	@Test
	void keepTheirRealIds() {
		String id = begin("k");
		String real = eastern.uploads().get(0);

		assertThat(this.client.listParts((request) -> request.key("k").uploadId(real)).uploadId()).isEqualTo(real);
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.client.listParts((request) -> request.key("k").uploadId(id + "x")));
		assertThat(eastern.requests()).extracting((request) -> request.query().get("uploadId")).contains(id + "x");
		this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id));
	}

	@Test
	void refuseAnETagThatIsNotThePartsAfterTheyWentOn() {
		String id = begin("k");
		CompletedPart part = send("k", id, 1, bytes(PART));
		kill(this.primary);
		send("k", id, 2, bytes(PART));

		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> complete("k", id, List.of(part("\"wrong\"", 1))))
			.satisfies((error) -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidPart"));
		complete("k", id, List.of(part));
		assertThat(western.object("k")).hasSize(PART);
	}

	@Test
	void haveCopiesMadeAgain() {
		byte[] source = bytes(PART);
		eastern.put("source", source);
		western.put("source", source);

		CompletedPart part = copy(begin("k"), "k");

		assertThat(western.object("k")).isEqualTo(source);
		assertThat(part.eTag()).isNotNull();
	}

	@Test
	void areBoundByACopyOfWhatIsNotTheSameElsewhere() {
		eastern.put("source", bytes(PART));
		western.put("source", bytes(PART));

		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> copy(begin("k"), "k"));

		assertThat(western.object("k")).isNull();
	}

	private CompletedPart copy(String id, String key) {
		String eTag = this.client
			.uploadPartCopy((request) -> request.destinationKey(key)
				.uploadId(id)
				.partNumber(1)
				.sourceBucket("east")
				.sourceKey("source"))
			.copyPartResult()
			.eTag();
		kill(this.primary);
		complete(key, id, List.of(part(eTag, 1)));
		return part(eTag, 1);
	}

	@Test
	void doNotExistWhileThatIsNotAskedFor() {
		this.client.close();
		this.client = client(builder().build());

		String id = begin("k");

		assertThat(eastern.uploads()).containsExactly(id);
		send("k", id, 1, bytes(PART));
		this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id));
		assertThat(eastern.requests()).extracting(StoreRequest::method).containsExactly("POST", "PUT", "DELETE");
	}

	private List<String> reasons() {
		return this.events.stream()
			.filter(UploadBound.class::isInstance)
			.map((event) -> ((UploadBound) event).getReason())
			.toList();
	}

}
