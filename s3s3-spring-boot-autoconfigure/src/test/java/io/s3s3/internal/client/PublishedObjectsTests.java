package io.s3s3.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PublishedObjects}.
 */
class PublishedObjectsTests {

	private static final List<String> KEYS = IntStream.range(0, 25).mapToObj("key-%02d"::formatted).toList();

	private final List<ListObjectsV2Request> requests = new ArrayList<>();

	@Test
	void listsAllObjectsPageByPage() {
		assertThat(keysOf(listing(true))).containsExactlyElementsOf(KEYS);
		assertThat(this.requests).hasSize(3);
	}

	@Test
	void goesOnBehindTheLastKeyWhereThereIsNoToken() {
		assertThat(keysOf(listing(false))).containsExactlyElementsOf(KEYS);
		assertThat(this.requests).extracting(ListObjectsV2Request::startAfter)
			.containsExactly(null, "key-09", "key-19");
	}

	@Test
	void fetchesNoPageThatNobodyAsksFor() {
		List<String> listed = new ArrayList<>();

		listing(true).limit(3).subscribe((object) -> listed.add(object.key())).join();

		assertThat(listed).containsExactlyElementsOf(KEYS.subList(0, 3));
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void listsAnewForEachSubscriber() {
		PublishedObjects objects = listing(true);

		assertThat(keysOf(objects)).containsExactlyElementsOf(KEYS);
		assertThat(keysOf(objects)).containsExactlyElementsOf(KEYS);
	}

	@Test
	void endsWithWhatAPageFailsWith() {
		PublishedObjects objects = new PublishedObjects(ListObjectsV2Request.builder().build(),
				(request) -> (request.continuationToken() == null) ? page(request, true)
						: CompletableFuture.failedFuture(SdkClientException.create("No page")));

		assertThatThrownBy(() -> keysOf(objects)).hasStackTraceContaining("No page");
	}

	@Test
	void endsWhereAPageDoesNotGoOn() {
		PublishedObjects objects = new PublishedObjects(ListObjectsV2Request.builder().build(),
				(request) -> page(ListObjectsV2Request.builder().build(), true));

		assertThatThrownBy(() -> keysOf(objects)).hasStackTraceContaining("The listing cannot continue");
	}

	private PublishedObjects listing(boolean tokens) {
		return new PublishedObjects(ListObjectsV2Request.builder().build(), (request) -> {
			this.requests.add(request);
			return page(request, tokens);
		});
	}

	private static CompletableFuture<ListObjectsV2Response> page(ListObjectsV2Request request, boolean tokens) {
		int begin = 0;
		if (request.continuationToken() != null) {
			begin = Integer.parseInt(request.continuationToken());
		}
		else if (request.startAfter() != null) {
			begin = KEYS.indexOf(request.startAfter()) + 1;
		}
		int end = Math.min(KEYS.size(), begin + 10);
		return CompletableFuture.completedFuture(ListObjectsV2Response.builder()
			.contents(KEYS.subList(begin, end).stream().map((key) -> S3Object.builder().key(key).build()).toList())
			.isTruncated(end < KEYS.size())
			.nextContinuationToken(tokens ? String.valueOf(end) : null)
			.build());
	}

	private static List<String> keysOf(PublishedObjects objects) {
		List<String> keys = new ArrayList<>();
		objects.subscribe((object) -> keys.add(object.key())).join();
		return keys;
	}

}
