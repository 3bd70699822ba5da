package io.s3s3.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.event.RequestCompleted;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.OpenFiles;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * Asynchronous calls that are given up at any point, by cancellation or by a timeout,
 * while their primary fails in several ways. What is left behind is counted.
 */
public final class RandomCancels {

	private static final int IN_FLIGHT = 128;

	/** After how many calls the primary behaves in another way. */
	private static final int PHASE = 500;

	private static final StubServer.Mode[] MODES = { StubServer.Mode.ANSWER, StubServer.Mode.UNAVAILABLE,
			StubServer.Mode.SILENT };

	private static final byte[] CONTENT = new byte[4096];

	private final FailoverS3AsyncClient s3;

	private final StubServer primary;

	private final Path folder;

	private final Random random;

	private final Semaphore permits = new Semaphore(IN_FLIGHT);

	private final ScheduledExecutorService canceller = Executors.newScheduledThreadPool(2);

	private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

	private final ConcurrentHashMap<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicInteger told = new AtomicInteger();

	private RandomCancels(FailoverS3AsyncClient s3, StubServer primary, Path folder, long seed) {
		this.s3 = s3.on(RequestCompleted.class, (event) -> this.told.incrementAndGet());
		this.primary = primary;
		this.folder = folder;
		this.random = new Random(seed);
	}

	/**
	 * Run.
	 * @param arguments how many calls, 100,000 unless given, and the seed
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		int calls = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 100_000;
		long seed = (arguments.length > 1) ? Long.parseLong(arguments[1]) : 1;
		long started = System.nanoTime();
		Left left = run(calls, seed);
		System.out.printf("Random cancels: %d calls in %d s, %s%n", calls,
				TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started), left);
		System.exit(0);
	}

	/**
	 * Make calls, and count what they leave.
	 * @param calls how many
	 * @param seed the seed of what is random
	 * @return what is left
	 * @throws Exception if it cannot be run
	 */
	public static Left run(int calls, long seed) throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		Path folder = Files.createTempDirectory("s3s3-cancels");
		List<Left> left = new ArrayList<>();
		try (StubServer primary = StubServer.start(); StubServer secondary = StubServer.start()) {
			Contexts.impatientPair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.primary.max-connections=16", "s3s3.secondary.max-connections=16",
						"s3s3.transfer.memory-limit=1KB", "s3s3.transfer.directory=" + folder,
						"s3s3.consistency.reads=as-served", "s3s3.failover.back-off=1ms")
				.run((context) -> left
					.add(new RandomCancels(context.getBean(FailoverS3AsyncClient.class), primary, folder, seed)
						.make(calls)));
			await(() -> primary.connections() + secondary.connections() == 0 && threads(before).isEmpty());
			return left.get(0).closed(primary.connections() + secondary.connections(), threads(before));
		}
		finally {
			Files.delete(folder);
		}
	}

	private static List<String> threads(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("s3s3-") || name.startsWith("aws-java-sdk-NettyEventLoop"))
			.toList();
	}

	private Left make(int calls) throws Exception {
		for (int i = 0; i < calls; i++) {
			if (i % PHASE == 0) {
				this.primary.change(MODES[i / PHASE % MODES.length]);
			}
			this.permits.acquire();
			giveUp(follow(call(this.random.nextInt(5), i)));
		}
		this.primary.change(StubServer.Mode.ANSWER);
		await(() -> this.open.isEmpty() && this.told.get() >= calls);
		long unusable = unusable();
		await(() -> files() == 0 && this.told.get() == calls + IN_FLIGHT);
		this.canceller.shutdownNow();
		deleteWhole();
		return new Left(this.open.size(), calls + IN_FLIGHT - this.told.get(), unusable, files(), 0, List.of(),
				new TreeMap<>(this.outcomes).toString());
	}

	private CompletableFuture<?> call(int kind, int number) {
		return switch (kind) {
			case 0 -> this.s3.headObject((request) -> request.key("k"));
			case 1 -> this.s3.getObject((request) -> request.key("k"), AsyncResponseTransformer.toBytes());
			case 2 -> this.s3.getObject((request) -> request.key("k"), this.folder.resolve("file-" + number));
			case 3 -> this.s3.putObject((request) -> request.key("k"), AsyncRequestBody.fromBytes(CONTENT));
			default -> this.s3.putObject((request) -> request.key("k"), AsyncRequestBody.fromPublisher(SdkPublisher
				.adapt(SdkPublisher.fromIterable(List.of(ByteBuffer.wrap(CONTENT), ByteBuffer.wrap(CONTENT))))));
		};
	}

	private CompletableFuture<?> follow(CompletableFuture<?> call) {
		this.open.add(call);
		call.whenComplete((value, error) -> {
			this.open.remove(call);
			this.permits.release();
			String outcome = (error instanceof CancellationException) ? "cancelled"
					: (error != null) ? "error" : "success";
			this.outcomes.computeIfAbsent(outcome, (name) -> new LongAdder()).increment();
		});
		return call;
	}

	private void giveUp(CompletableFuture<?> call) {
		int how = this.random.nextInt(4);
		if (how == 0) {
			this.canceller.execute(() -> call.cancel(true));
		}
		else if (how == 1) {
			this.canceller.schedule(() -> call.cancel(true), this.random.nextInt(10_000), TimeUnit.MICROSECONDS);
		}
		else if (how == 2) {
			call.orTimeout(1 + this.random.nextInt(20), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Make as many calls as there are places, all of which must be there.
	 */
	private long unusable() {
		List<CompletableFuture<?>> calls = new ArrayList<>();
		for (int i = 0; i < IN_FLIGHT; i++) {
			calls.add(this.s3.headObject((request) -> request.key("k")));
		}
		return calls.stream()
			.map((call) -> call.handle((value, error) -> error))
			.map(CompletableFuture::join)
			.filter((error) -> error != null)
			.count();
	}

	private long files() {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> !isWhole(file)).count() + OpenFiles.in(this.folder);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * Return whether a file is what a download was for.
	 */
	private static boolean isWhole(Path file) {
		return file.getFileName().toString().startsWith("file-") && file.toFile().length() == StubServer.CONTENT.length;
	}

	private void deleteWhole() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.filter(RandomCancels::isWhole).toList()) {
				Files.delete(file);
			}
		}
	}

	private static void await(Condition condition) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!condition.holds() && System.nanoTime() < deadline) {
			Thread.sleep(5);
		}
	}

	/**
	 * What calls left behind.
	 *
	 * @param futures how many are not complete
	 * @param untold how many calls told nobody that they were
	 * @param failed how many calls failed that nobody gave up
	 * @param files how many files there are
	 * @param connections how many connections there are once all is closed
	 * @param threads the threads that are there then
	 * @param outcomes how the calls ended
	 */
	public record Left(int futures, int untold, long failed, long files, int connections, List<String> threads,
			String outcomes) {

		Left closed(int connections, List<String> threads) {
			return new Left(this.futures, this.untold, this.failed, this.files, connections, threads, this.outcomes);
		}

		/**
		 * Return whether it is nothing.
		 * @return whether that is so
		 */
		public boolean isNothing() {
			return this.futures == 0 && this.untold == 0 && this.failed == 0 && this.files == 0 && this.connections == 0
					&& this.threads.isEmpty();
		}

	}

	/**
	 * What is waited for.
	 */
	private interface Condition {

		boolean holds() throws Exception;

	}

}
