package io.s3s3.internal.multipart;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.route.BucketAddressing;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link PortableUpload} and its moves, whose threads run when they are told.
 */
class PortableUploadTests {

	private final S3Client client = mock(S3Client.class);

	private final Location east = Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east");

	private final Location west = Location.of(LocationRole.SECONDARY, this.client, "west");

	private final IncompleteUploads incomplete = mock(IncompleteUploads.class);

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Incarnation first = new Incarnation(this.east, "e1");

	private final PortableUpload upload = new PortableUpload("ours",
			CreateMultipartUploadRequest.builder().bucket("east").key("k").build(), this.first,
			new KeptBytes(Path.of("none"), new ByteBudget(0)), new Movers(
					new BucketAddressing(new LocationPair(this.east, this.west)), this.incomplete, this.tasks::add, 1));

	@BeforeEach
	void answer() {
		given(this.client.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("w1").build());
		given(this.client.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willAnswer((call) -> UploadPartResponse.builder()
				.eTag("west-" + call.getArgument(0, UploadPartRequest.class).partNumber())
				.build());
	}

	@Test
	void isMovedOnceForAllWhoWait() {
		keep(1, "east-1", this.first);

		CompletableFuture<Void> one = this.upload.bringTo(this.west);
		CompletableFuture<Void> other = this.upload.bringTo(this.west);
		runAll();

		assertThat(one).isSameAs(other).isCompleted();
		assertThat(this.upload.location()).isEqualTo(this.west);
		assertThat(this.upload.realId()).isEqualTo("w1");
		then(this.client).should(times(1)).createMultipartUpload(any(CreateMultipartUploadRequest.class));
	}

	@Test
	void translatesTheETagsOfItsPartsOnly() {
		keep(1, "\"east-1\"", this.first);
		this.upload.bringTo(this.west);
		runAll();
		Incarnation there = this.upload.enter(this.west);

		assertThat(this.upload.eTagFor(there, 1, "east-1")).isEqualTo("west-1");
		assertThat(this.upload.eTagFor(there, 1, "west-1")).isNull();
		assertThat(this.upload.eTagFor(there, 2, "east-1")).isNull();
		assertThat(this.upload.toldFor(there, 1, "\"west-1\"")).isEqualTo("\"east-1\"");
	}

	@Test
	void isLeftBehindWhenNobodyIsOnHisWayToItAnyMore() {
		Incarnation visited = this.upload.enter(this.east);
		this.upload.bringTo(this.west);
		runAll();
		then(this.incomplete).should(never()).leftBehind(any(), any());

		this.upload.exit(visited);

		then(this.incomplete).should().leftBehind(this.east, abort("east", "e1"));
	}

	@Test
	void sendsThePartsThatCameTooLateWithTheNextCall() {
		keep(1, "east-1", this.first);
		this.upload.bringTo(this.west);
		runAll();
		keep(2, "east-2", this.first);

		CompletableFuture<Void> again = this.upload.bringTo(this.west);
		assertThat(again).isNotCompleted();
		runAll();

		assertThat(again).isCompleted();
		assertThat(this.upload.eTagFor(this.upload.enter(this.west), 2, "east-2")).isEqualTo("west-2");
		then(this.client).should(times(2)).uploadPart(any(UploadPartRequest.class), any(RequestBody.class));
	}

	@Test
	void sendsAPartThatTookThePlaceOfAnotherOne() {
		keep(1, "east-1", this.first);
		this.upload.bringTo(this.west);
		runAll();

		keep(1, "east-1b", this.first);

		assertThat(this.upload.bringTo(this.west)).isNotCompleted();
		assertThat(this.upload.keeps(List.of(named(1, "east-1b")))).isTrue();
		assertThat(this.upload.keeps(List.of(named(1, "east-1")))).isFalse();
	}

	@Test
	void staysIfItIsBoundWhileItIsMoved() {
		keep(1, "east-1", this.first);
		CompletableFuture<Void> move = this.upload.bringTo(this.west);
		given(this.client.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willAnswer((call) -> {
			this.upload.bind();
			return UploadPartResponse.builder().eTag("west-1").build();
		});

		runAll();

		assertThat(move).isCompleted();
		assertThat(this.upload.location()).isEqualTo(this.east);
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> this.upload.enter(this.west));
		then(this.incomplete).should().leftBehind(this.west, abort("west", "w1"));
	}

	@Test
	void goesOnWithWhatAMoveHadBegun() {
		keep(1, "east-1", this.first);
		given(this.client.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willThrow(SdkClientException.create("no"))
			.willReturn(UploadPartResponse.builder().eTag("west-1").build());

		CompletableFuture<Void> failing = this.upload.bringTo(this.west);
		runAll();
		assertThat(failing).isCompletedExceptionally();
		assertThat(this.upload.location()).isEqualTo(this.east);
		assertThat(this.upload.isResting(System.nanoTime())).isTrue();
		CompletableFuture<Void> next = this.upload.bringTo(this.west);
		runAll();

		assertThat(next).isCompleted();
		then(this.client).should(times(1)).createMultipartUpload(any(CreateMultipartUploadRequest.class));
	}

	@Test
	void isNotMovedAnyMoreOnceItHasEnded() {
		keep(1, "east-1", this.first);

		this.upload.end(this.first);

		assertThat(this.upload.bringTo(this.west)).isCompleted();
		assertThat(this.tasks).isEmpty();
		then(this.incomplete).should().ended("e1");
	}

	@Test
	void isLeftBehindElsewhereIfACallThatWasUnderWayHasEndedIt() {
		Incarnation visited = this.upload.enter(this.east);
		this.upload.bringTo(this.west);
		runAll();

		this.upload.end(visited);

		then(this.incomplete).should().ended("e1");
		then(this.incomplete).should().leftBehind(this.west, abort("west", "w1"));
		then(this.incomplete).should(never()).ended("w1");
	}

	@Test
	void isAbortedLaterIfNobodyCouldFindItAgain() {
		this.upload.bringTo(this.west);
		runAll();

		this.upload.close();

		then(this.incomplete).should().leftBehind(this.west, abort("west", "w1"));
	}

	private void keep(int number, String eTag, Incarnation taker) {
		UploadPartRequest request = UploadPartRequest.builder().key("k").uploadId("ours").partNumber(number).build();
		this.upload.keep(new KeptPart(number, request, new PartTag(eTag, Map.of()), 0, 0), taker);
	}

	private static CompletedPart named(int number, String eTag) {
		return CompletedPart.builder().partNumber(number).eTag(eTag).build();
	}

	private static AbortMultipartUploadRequest abort(String bucket, String id) {
		return AbortMultipartUploadRequest.builder().bucket(bucket).key("k").uploadId(id).build();
	}

	private void runAll() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

}
