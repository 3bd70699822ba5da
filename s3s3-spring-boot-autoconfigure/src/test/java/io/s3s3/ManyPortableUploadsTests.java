package io.s3s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many parallel uploads whose location fails at a random part. Their number is
 * {@code -Ds3s3.uploads}.
 */
class ManyPortableUploadsTests extends AbstractPortableUploadTests {

	private static final int UPLOADS = Integer.getInteger("s3s3.uploads", 200);

	private static final int PARTS = 5;

	private static final int THREADS = 16;

	private final AtomicInteger sent = new AtomicInteger();

	private final int lastBeforeTheEnd = this.random.nextInt(UPLOADS * PARTS);

	@Test
	void allGoOnAndLeaveNothingBehind() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Callable<Boolean>> uploads = new ArrayList<>();
		for (int i = 0; i < UPLOADS; i++) {
			String key = "key-" + i;
			Random content = new Random(i);
			uploads.add(() -> upload(key, content));
		}

		List<Future<Boolean>> done = threads.invokeAll(uploads);
		threads.shutdown();

		for (Future<Boolean> upload : done) {
			assertThat(upload.get()).isTrue();
		}
		assertThat(this.client.listMultipartUploads((request) -> request.bucket("west")).uploads()).isEmpty();
		awaitNoUploads();
	}

	/**
	 * Upload an object, and return whether one of the locations has exactly that.
	 */
	private boolean upload(String key, Random random) {
		String id = begin(key);
		List<CompletedPart> parts = new ArrayList<>();
		byte[][] contents = new byte[PARTS][];
		for (int i = 0; i < PARTS; i++) {
			contents[i] = new byte[1 + random.nextInt(3_000)];
			random.nextBytes(contents[i]);
			parts.add(send(key, id, i + 1, contents[i]));
			if (this.sent.getAndIncrement() == this.lastBeforeTheEnd) {
				kill(this.primary);
			}
		}
		complete(key, id, parts);
		byte[] expected = join(contents);
		return Arrays.equals(expected, eastern.object(key)) || Arrays.equals(expected, western.object(key));
	}

}
