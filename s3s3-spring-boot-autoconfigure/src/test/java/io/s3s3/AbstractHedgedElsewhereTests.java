package io.s3s3;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.HttpRequest;
import io.s3s3.testkit.StragglingEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/**
 * Reads that are hedged over real sockets: the primary holds the answers for keys that
 * begin with "held", and for those that begin with "late" until the secondary has
 * answered.
 */
abstract class AbstractHedgedElsewhereTests {

	private static final long LATER = 60_000_000;

	private static final Answer FIRST = Answer.success("first").with("x-amz-request-id: 1");

	static final Answer SECOND = Answer.success("second").with("x-amz-request-id: 2");

	/** What the secondary answers, by key. */
	final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> seen = new ConcurrentHashMap<>();

	final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	final List<RequestSucceeded> succeeded = new CopyOnWriteArrayList<>();

	final StragglingEndpoint primary = new StragglingEndpoint(this::answerFirst);

	final StragglingEndpoint secondary = new StragglingEndpoint(this::answerSecond);

	@AfterEach
	void close() {
		this.primary.close();
		this.secondary.close();
	}

	private @Nullable Answer answerFirst(HttpRequest request, int number) {
		String key = keyOf(request);
		if (request.lines().get(0).startsWith("PUT")) {
			return FIRST;
		}
		if (key.startsWith("held") || (key.startsWith("once") && number == 1)) {
			return null;
		}
		if (key.startsWith("slow")) {
			LockSupport.parkNanos(5 * LATER);
		}
		if (key.startsWith("late")) {
			await(latch(key));
			LockSupport.parkNanos(LATER);
		}
		return FIRST;
	}

	private Answer answerSecond(HttpRequest request, int number) {
		latch(keyOf(request)).countDown();
		return this.answers.getOrDefault(keyOf(request), Answer.error(404, "NoSuchKey"));
	}

	private CountDownLatch latch(String key) {
		return this.seen.computeIfAbsent(key, (each) -> new CountDownLatch(1));
	}

	static String keyOf(HttpRequest request) {
		return request.path().replaceFirst("/(east|west)/", "");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void run(Consumer<AssertableApplicationContext> test) {
		run(30, test);
	}

	/**
	 * Run a test after quick calls, so that few of all are late.
	 */
	void run(int quick, Consumer<AssertableApplicationContext> test) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.hedge.enabled=true", "s3s3.hedge.burst=100", "s3s3.hedge.extra-requests=50")
			.run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				for (int i = 0; i < quick; i++) {
					get(client, GetObjectRequest.builder().key("soon").build());
				}
				test.accept(context);
			});
	}

	FailoverS3Client listened(AssertableApplicationContext context) {
		return context.getBean(FailoverS3Client.class)
			.on(RequestHedged.class, this.hedged::add)
			.on(RequestSucceeded.class, this.succeeded::add);
	}

	FailoverS3AsyncClient listenedAsync(AssertableApplicationContext context) {
		return context.getBean(FailoverS3AsyncClient.class)
			.on(RequestHedged.class, this.hedged::add)
			.on(RequestSucceeded.class, this.succeeded::add);
	}

	static String get(FailoverS3Client client, GetObjectRequest request) {
		return client.getObjectAsBytes(request).asUtf8String();
	}

	static String getAsync(FailoverS3AsyncClient client, GetObjectRequest request) {
		return client.getObject(request, AsyncResponseTransformer.toBytes()).join().asUtf8String();
	}

}
