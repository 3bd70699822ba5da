package io.s3s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OneShot;
import io.s3s3.testkit.StoreRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Uploads that a caller splits itself and whose location fails.
 */
class PortableUploadIntegrationTests extends AbstractPortableUploadTests {

	private static final Duration SOON = Duration.ofMillis(300);

	@Test
	void staysWhereItBeganWhileThatIsWell() {
		byte[] one = bytes(PART);
		byte[] two = bytes(100);
		String id = begin("k");

		complete("k", id, List.of(send("k", id, 1, one), send("k", id, 2, two)));

		assertThat(eastern.object("k")).isEqualTo(join(one, two));
		assertThat(western.requests()).isEmpty();
		assertThat(id).matches("[A-Za-z0-9_-]+");
	}

	@ParameterizedTest
	@ValueSource(strings = { "k", "a b+c%2F/ü?&=#", "..//x" })
	void goesOnElsewhereWhenItsLocationGoesBetweenTwoParts(String key) {
		byte[] one = bytes(PART);
		byte[] two = bytes(PART);
		String id = begin(key);
		CompletedPart first = send(key, id, 1, one);
		kill(this.primary);

		CompletedPart second = send(key, id, 2, two);
		complete(key, id, List.of(first, second));

		assertThat(western.object(key)).isEqualTo(join(one, two));
	}

	@Test
	void goesOnElsewhereWhenItsLocationGoesBeforeItIsCompleted() {
		byte[] one = bytes(PART);
		byte[] two = bytes(PART);
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, one), send("k", id, 2, two));
		kill(this.primary);

		complete("k", id, parts);

		assertThat(western.object("k")).isEqualTo(join(one, two));
	}

	@Test
	void goesOnWithoutACallAsSoonAsItsLocationIsOut() {
		String id = begin("k");
		send("k", id, 1, bytes(PART));
		kill(this.primary);
		while (this.control.isWell(this.client.locations().primary().role())) {
			this.client.listObjectsV2((request) -> request.bucket("east"));
		}

		Awaitility.await().until(() -> western.requests().stream().anyMatch(StoreRequest::sendsPart));

		// Waits until all of it is there, as an abortion does not.
		assertThat(this.client.listParts((request) -> request.key("k").uploadId(id)).parts()).hasSize(1);
		this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id));
		assertThat(western.uploads()).isEmpty();
	}

	@Test
	void isBegunAgainByTheSameRequest() {
		String id = this.client
			.createMultipartUpload((request) -> request.key("k")
				.contentType("text/x")
				.metadata(Map.of("m", "v"))
				.checksumAlgorithm(ChecksumAlgorithm.SHA256))
			.uploadId();
		CompletedPart part = part(this.client.uploadPart(
				(request) -> request.key("k").uploadId(id).partNumber(7).checksumAlgorithm(ChecksumAlgorithm.SHA256),
				RequestBody.fromString("x"))
			.eTag(), 7);
		kill(this.primary);

		complete("k", id, List.of(part));

		StoreRequest begun = western.requests().get(0);
		assertThat(begun.headers()).containsEntry("content-type", "text/x")
			.containsEntry("x-amz-meta-m", "v")
			.containsEntry("x-amz-checksum-algorithm", "SHA256");
		StoreRequest sent = western.requests().stream().filter(StoreRequest::sendsPart).findFirst().orElseThrow();
		assertThat(sent.headers()).containsEntry("x-amz-sdk-checksum-algorithm", "SHA256");
	}

	@Test
	void showsThePartsAsIfNothingHadHappened() {
		String id = begin("k");
		CompletedPart first = send("k", id, 1, bytes(PART));
		CompletedPart second = send("k", id, 3, bytes(PART));
		kill(this.primary);

		List<Part> parts = new ArrayList<>();
		for (ListPartsResponse page : this.client
			.listPartsPaginator((request) -> request.key("k").uploadId(id).maxParts(1))) {
			assertThat(page.uploadId()).isEqualTo(id);
			parts.addAll(page.parts());
		}

		assertThat(parts).extracting(Part::eTag).containsExactly(first.eTag(), second.eTag());
		this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id));
	}

	@Test
	void goesBackWhenTheOtherLocationGoesToo() {
		byte[] one = bytes(PART);
		byte[] two = bytes(PART);
		byte[] three = bytes(PART);
		String id = begin("k");
		CompletedPart first = send("k", id, 1, one);
		kill(this.primary);
		CompletedPart second = send("k", id, 2, two);
		revive(this.primary);
		kill(this.secondary);

		CompletedPart third = send("k", id, 3, three);
		complete("k", id, List.of(first, second, third));

		assertThat(eastern.object("k")).isEqualTo(join(one, two, three));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsBodiesThatCanBeReadOnce(boolean lengthIsKnown) {
		byte[] content = bytes(3 * PART);
		String id = begin("k");
		RequestBody body = lengthIsKnown ? RequestBody.fromInputStream(new OneShot(content), content.length)
				: RequestBody.fromContentProvider(ContentStreamProvider.fromInputStream(new OneShot(content)), "a/b");
		String eTag = this.client.uploadPart((request) -> request.key("k").uploadId(id).partNumber(1), body).eTag();
		kill(this.primary);

		complete("k", id, List.of(part(eTag, 1)));

		assertThat(western.object("k")).isEqualTo(content);
	}

	@Test
	void takesThePartThatWasSentLastUnderANumber() {
		byte[] one = bytes(PART);
		String id = begin("k");
		send("k", id, 1, bytes(PART));
		CompletedPart part = send("k", id, 1, one);
		kill(this.primary);

		complete("k", id, List.of(part));

		assertThat(western.object("k")).isEqualTo(one);
	}

	@Test
	void takesOnlyThePartsThatAreNamed() {
		byte[] two = bytes(PART);
		String id = begin("k");
		send("k", id, 1, bytes(PART));
		CompletedPart part = send("k", id, 2, two);
		kill(this.primary);

		complete("k", id, List.of(part));

		assertThat(western.object("k")).isEqualTo(two);
	}

	@Test
	void isBegunAgainOnceForAllItsCalls() throws Exception {
		List<byte[]> contents = new ArrayList<>();
		List<Callable<CompletedPart>> sends = new ArrayList<>();
		String id = begin("k");
		CompletedPart first = send("k", id, 1, new byte[] { 1 });
		for (int i = 2; i < 10; i++) {
			int number = i;
			byte[] content = bytes(PART);
			contents.add(content);
			sends.add(() -> send("k", id, number, content));
		}
		this.primary.cutAfter(3 * PART);

		List<CompletedPart> parts = new ArrayList<>(List.of(first));
		parts.addAll(all(sends));
		complete("k", id, parts);

		assertThat(western.object("k")).isEqualTo(join(new byte[] { 1 }, join(contents.toArray(byte[][]::new))));
		assertThat(western.requests()).filteredOn((request) -> request.query().containsKey("uploads")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void isCompletedElsewhereWhenNoAnswerTellsThatItWas(int triesOfTheSdk) {
		this.tries = triesOfTheSdk;
		this.client = client();
		byte[] one = bytes(PART);
		String id = begin("k");
		CompletedPart part = send("k", id, 1, one);
		eastern.loseAnswers(StoreRequest::completes);

		complete("k", id, List.of(part));

		assertThat(western.object("k")).isEqualTo(one).isEqualTo(eastern.object("k"));
		assertThat(this.events).filteredOn(RequestFailedOver.class::isInstance)
			.extracting((event) -> ((RequestFailedOver) event).getEffect())
			.containsExactly(Effect.UNKNOWN);
	}

	@Test
	void givesTheSameAnswerToTheSameCompletion() {
		String id = begin("k");
		List<CompletedPart> parts = List.of(send("k", id, 1, bytes(PART)));
		kill(this.primary);
		CompleteMultipartUploadResponse first = this.client.completeMultipartUpload(
				(request) -> request.key("k").uploadId(id).multipartUpload((upload) -> upload.parts(parts)));
		kill(this.secondary);

		CompleteMultipartUploadResponse again = this.client.completeMultipartUpload(
				(request) -> request.key("k").uploadId(id).multipartUpload((upload) -> upload.parts(parts)));

		assertThat(again).isEqualTo(first);
	}

	@Test
	void isAbortedAtBothLocations() {
		String id = begin("k");
		send("k", id, 1, bytes(PART));
		kill(this.primary);
		send("k", id, 2, bytes(PART));

		this.client.abortMultipartUpload((request) -> request.key("k").uploadId(id));

		assertThat(western.uploads()).isEmpty();
		assertThat(eastern.uploads()).hasSize(1);
		awaitNoUploads();
	}

	@Test
	void makesACallWaitNoLongerThanItMay() {
		String id = begin("k");
		send("k", id, 1, bytes(PART));
		kill(this.primary);
		this.secondary.mode(FaultProxy.Mode.SILENT);

		assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(() -> this.client.listParts(
				(request) -> request.key("k").uploadId(id).overrideConfiguration((own) -> own.apiCallTimeout(SOON))));
	}

	private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> result : threads.invokeAll(tasks)) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			threads.shutdown();
		}
	}

}
