package io.s3s3;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.s3s3.event.RequestEvent;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.EmbeddedS3;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A large object at two locations whose answers break where a test wants it.
 */
abstract class AbstractParallelDownloadTests {

	static final String KEY = "large";

	static final int SIZE = 36_000_000;

	static final byte[] CONTENT = random(SIZE);

	@TempDir
	Path folder;

	EmbeddedS3 east;

	EmbeddedS3 west;

	DownloadCutter primary;

	DownloadCutter secondary;

	final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		put(this.east, CONTENT);
		put(this.west, CONTENT);
		this.primary = DownloadCutter.before(this.east);
		this.secondary = DownloadCutter.before(this.west);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
		this.east.close();
		this.west.close();
	}

	Path target() {
		return this.folder.resolve("target");
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void run(Check check, String... properties) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.primary.max-connections=4", "s3s3.secondary.max-connections=4",
					"s3s3.failover.back-off=1ms")
			.withPropertyValues(properties)
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				check.accept(template.on(RequestEvent.class, this.events::add));
				awaitNoParts();
			});
	}

	static void awaitNoParts() {
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> isOfPart(thread) && !isEnding(thread));
	}

	/**
	 * Wait until those that fetch parts have given up.
	 */
	static void awaitIdleParts() {
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.entrySet()
				.stream()
				.filter((thread) -> isOfPart(thread.getKey()))
				.flatMap((thread) -> Stream.of(thread.getValue()))
				.noneMatch((frame) -> frame.getClassName().endsWith(".ParallelDownload")));
	}

	static boolean isOfPart(Thread thread) {
		return thread.getName().equals("s3s3-download");
	}

	static boolean isEnding(Thread thread) {
		try {
			thread.join(30_000);
			return !thread.isAlive();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	<E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	static void put(EmbeddedS3 server, byte[] content) {
		try (S3Client client = server.client()) {
			client.putObject((request) -> request.bucket(server.bucket()).key(KEY), RequestBody.fromBytes(content));
		}
	}

	static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/**
	 * What to do with a template.
	 */
	@FunctionalInterface
	interface Check {

		void accept(FailoverS3Operations operations) throws Exception;

	}

}
