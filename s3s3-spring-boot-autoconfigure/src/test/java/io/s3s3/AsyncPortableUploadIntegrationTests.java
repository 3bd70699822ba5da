package io.s3s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.UploadBound;
import io.s3s3.failure.Effect;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.OncePublisher;
import io.s3s3.testkit.StoreRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Uploads that a caller of the asynchronous client splits itself and whose location
 * fails.
 */
class AsyncPortableUploadIntegrationTests extends AbstractPortableUploadTests {

	private AsyncPair pair;

	private FailoverS3AsyncClient async;

	@BeforeEach
	void makeAsyncClient() {
		with(DataSize.ofMegabytes(64));
	}

	private void with(DataSize limit) {
		this.pair = AsyncPair.of(this.primary.uri(), this.secondary.uri(),
				(client) -> client.transfer(builder().keepParts(limit, Duration.ofHours(1)).build())
					.listener(this.events::add));
		this.async = this.pair.client();
	}

	@AfterEach
	void closeAsyncClient() {
		this.pair.close();
	}

	@Test
	void goOnElsewhereWhateverTheirBodiesAre() throws Exception {
		byte[] content = bytes(PART);
		Path file = Files.write(Files.createTempFile("part", null), content);
		String id = beginAsync("k");
		List<CompletedPart> parts = new ArrayList<>();
		parts.add(part(upload("k", id, 1, AsyncRequestBody.fromBytes(content)).join(), 1));
		parts.add(part(upload("k", id, 2, AsyncRequestBody.fromFile(file)).join(), 2));
		parts.add(part(upload("k", id, 3, AsyncRequestBody.fromPublisher(new OncePublisher(content, 999))).join(), 3));
		Files.delete(file);
		kill(this.primary);

		parts.add(part(upload("k", id, 4, AsyncRequestBody.fromBytes(content)).join(), 4));
		ListPartsResponse listed = this.async.listParts((request) -> request.key("k").uploadId(id)).join();
		completeAsync("k", id, parts);

		assertThat(listed.uploadId()).isEqualTo(id);
		assertThat(listed.parts()).extracting(Part::eTag).isEqualTo(parts.stream().map(CompletedPart::eTag).toList());
		assertThat(western.object("k")).isEqualTo(join(content, content, content, content));
	}

	@Test
	void areBegunAgainOnceForAllTheirCalls() {
		byte[] content = bytes(PART);
		String id = beginAsync("k");
		CompletedPart first = part(upload("k", id, 1, AsyncRequestBody.fromBytes(content)).join(), 1);
		this.primary.cutAfter(3 * PART);
		List<CompletableFuture<String>> sent = new ArrayList<>();
		for (int i = 2; i < 10; i++) {
			sent.add(upload("k", id, i, AsyncRequestBody.fromBytes(content)));
		}

		List<CompletedPart> parts = new ArrayList<>(List.of(first));
		for (int i = 2; i < 10; i++) {
			parts.add(part(sent.get(i - 2).join(), i));
		}
		completeAsync("k", id, parts);

		assertThat(western.object("k")).hasSize(9 * PART).startsWith(content).endsWith(content);
		assertThat(western.requests()).filteredOn((request) -> request.query().containsKey("uploads")).hasSize(1);
	}

	@Test
	void areCompletedElsewhereAndOnceWhenNoAnswerTellsThatTheyWere() {
		String id = beginAsync("k");
		CompletedPart part = part(upload("k", id, 1, AsyncRequestBody.fromBytes(bytes(PART))).join(), 1);
		eastern.loseAnswers(StoreRequest::completes);

		CompleteMultipartUploadResponse first = completeAsync("k", id, List.of(part));
		CompleteMultipartUploadResponse again = completeAsync("k", id, List.of(part));

		assertThat(western.object("k")).isEqualTo(eastern.object("k"));
		assertThat(again).isEqualTo(first);
		assertThat(this.events).filteredOn(RequestFailedOver.class::isInstance)
			.extracting((event) -> ((RequestFailedOver) event).getEffect())
			.containsExactly(Effect.UNKNOWN);
	}

	@Test
	void areBoundBeyondTheLimit() {
		this.pair.close();
		with(DataSize.ofBytes(PART));
		String id = beginAsync("k");
		CompletedPart part = part(upload("k", id, 1, AsyncRequestBody.fromBytes(bytes(PART + 1))).join(), 1);

		assertThat(this.events).hasAtLeastOneElementOfType(UploadBound.class);
		kill(this.primary);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> completeAsync("k", id, List.of(part)));
		assertThat(western.requests()).isEmpty();
	}

	@Test
	void areThoseOfTheBlockingClientToo() {
		byte[] one = bytes(PART);
		byte[] two = bytes(PART);
		this.client = this.pair.blocking();
		String id = begin("k");
		CompletedPart first = part(upload("k", id, 1, AsyncRequestBody.fromBytes(one)).join(), 1);
		kill(this.primary);

		CompletedPart second = send("k", id, 2, two);
		completeAsync("k", id, List.of(first, second));

		assertThat(western.object("k")).isEqualTo(join(one, two));
	}

	private String beginAsync(String key) {
		return this.async.createMultipartUpload((request) -> request.key(key)).join().uploadId();
	}

	private CompletableFuture<String> upload(String key, String id, int number, AsyncRequestBody body) {
		return this.async.uploadPart((request) -> request.key(key).uploadId(id).partNumber(number), body)
			.thenApply((response) -> response.eTag());
	}

	private CompleteMultipartUploadResponse completeAsync(String key, String id, List<CompletedPart> parts) {
		return this.async
			.completeMultipartUpload(
					(request) -> request.key(key).uploadId(id).multipartUpload((upload) -> upload.parts(parts)))
			.join();
	}

}
