package io.s3s3;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.StoreRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The ends of uploads that a caller splits itself: those whose answer was lost, those
 * during a move of the upload, and those that meant another upload.
 */
class EndedPortableUploadIntegrationTests extends AbstractPortableUploadTests {

	@Test
	void leavesNothingElsewhereWhenItIsCompletedWhileItMoves() throws Exception {
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, bytes(PART)));

		endWhileItMoves(id, StoreRequest::completes, () -> complete("k", id, parts));

		assertThat(eastern.object("k")).hasSize(PART);
		awaitNoUploads();
	}

	@Test
	void leavesNothingElsewhereWhenItIsAbortedWhileItMoves() throws Exception {
		String id = begin("k");
		send("k", id, 1, bytes(PART));

		endWhileItMoves(id, (request) -> request.method().equals("DELETE"),
				() -> this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id)));

		awaitNoUploads();
	}

	@Test
	void isCompletedByTheNextCallWhenNobodyKnowsWhetherItWas() {
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, bytes(PART)));
		kill(this.secondary);
		eastern.loseAnswers(StoreRequest::completes);
		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> complete("k", id, parts));
		revive(this.secondary);

		complete("k", id, parts);

		assertThat(western.object("k")).hasSize(PART).isEqualTo(eastern.object("k"));
	}

	@Test
	void staysLostIfItWasNeverCompleted() {
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, bytes(PART)));
		eastern.clear();

		assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> complete("k", id, parts));
		assertThat(western.requests()).isEmpty();
	}

	@Test
	void isOfNoOtherKey() {
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, bytes(PART)));

		assertThatExceptionOfType(NoSuchUploadException.class)
			.isThrownBy(() -> this.client.abortMultipartUpload((request) -> request.key("other").uploadId(id)));
		kill(this.primary);
		complete("k", id, parts);
		revive(this.primary);

		assertThat(western.object("k")).hasSize(PART);
		assertThatExceptionOfType(SdkException.class).isThrownBy(() -> complete("other", id, parts));
	}

	/**
	 * Make a call that ends the upload, and is answered when the upload is elsewhere.
	 */
	private void endWhileItMoves(String id, Predicate<StoreRequest> isEnd, Runnable call) throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch moved = new CountDownLatch(1);
		eastern.loseAnswers((request) -> {
			if (isEnd.test(request)) {
				arrived.countDown();
				await(moved);
			}
			return false;
		});
		CompletableFuture<Void> ending = CompletableFuture.runAsync(call);
		await(arrived);
		FailoverControl.of(this.control, this.client.locations(), (location) -> {
			throw new UnsupportedOperationException();
		}).drain(LocationRole.PRIMARY);
		Awaitility.await().until(() -> western.requests().stream().anyMatch(StoreRequest::sendsPart));
		this.client.listParts((request) -> request.key("k").uploadId(id));
		moved.countDown();
		ending.get(10, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
