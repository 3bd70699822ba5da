package io.s3s3;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.RequestEvent;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.Operation;
import io.s3s3.testkit.SecretsWatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Each fault of the primary against an operation of each kind. What is expected of a cell
 * follows from two tables: {@link Fault} says what a fault means, and {@link Operation}
 * what may be done about it. The outcomes are logged and written to
 * target/fault-matrix.md, of which docs/faults.md holds a copy.
 * <p>
 * Each location has few connections and everything is logged: cells that leak them fail
 * their neighbours, and one that logs a secret fails the whole.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractFaultMatrixTests {

	private static final Logger logger = LoggerFactory.getLogger(AbstractFaultMatrixTests.class);

	/** Four times all timeouts of the primary together. */
	private static final Duration LONGEST = Contexts.IMPATIENCE.multipliedBy(4 * 4);

	private static final String SESSION_TOKEN = "marked-session-token";

	private final Map<Fault, Map<Operation, String>> outcomes = new EnumMap<>(Fault.class);

	private Path folder;

	private EmbeddedS3 secondary;

	private SecretsWatch secrets;

	@BeforeAll
	void start(@TempDir Path folder) {
		this.folder = folder;
		this.secondary = EmbeddedS3.start("west");
		this.secondary.put(Operation.KEY, Operation.CONTENT.getBytes(StandardCharsets.US_ASCII));
		this.secrets = new SecretsWatch(List.of(EmbeddedS3.SECRET_KEY), List.of(SESSION_TOKEN));
	}

	@AfterAll
	void stop() {
		this.secrets.close();
		this.secondary.close();
		assertThat(this.secrets.linesOfOurs()).isPositive();
		assertThat(this.secrets.found()).isEmpty();
	}

	/**
	 * Return a client of the context that tells a listener of its calls.
	 */
	abstract S3Client client(ApplicationContext context, Consumer<RequestEvent> listener);

	/**
	 * Return how many connections each location has.
	 */
	int connections() {
		return 1;
	}

	/**
	 * Return whether a cell is tried.
	 */
	boolean isTried(Fault fault, Operation operation) {
		return true;
	}

	/**
	 * Return the outcomes so far.
	 */
	Map<Fault, Map<Operation, String>> outcomes() {
		return this.outcomes;
	}

	@ParameterizedTest
	@EnumSource
	void hasTheRightOutcomeForEachKindOfOperation(Fault fault) throws IOException {
		List<Operation> operations = Stream.of(Operation.values())
			.filter((operation) -> isTried(fault, operation))
			.toList();
		if (operations.isEmpty()) {
			return;
		}
		Path directory = Files.createDirectory(this.folder.resolve(fault.name()));
		Set<Thread> before = threads();
		try (FaultyEndpoint primary = fault.open()) {
			fault.context(primary, this.secondary.endpoint())
				.withPropertyValues("s3s3.transfer.digest-streams=true",
						"s3s3.primary.max-connections=" + connections(),
						"s3s3.secondary.max-connections=" + connections(),
						"s3s3.primary.credentials.session-token=" + SESSION_TOKEN,
						"s3s3.transfer.directory=" + directory, "s3s3.transfer.memory-limit=64KB",
						"s3s3.failover.back-off=1ms", "s3s3.consistency.reads=as-served")
				.run((context) -> {
					Map<Operation, String> outcomes = new EnumMap<>(Operation.class);
					for (Operation operation : operations) {
						context.getBean(FailoverControl.class).reset();
						outcomes.put(operation, check(new FaultMatrixCell(fault, operation), context, directory));
					}
					this.outcomes.put(fault, outcomes);
					inspect(context);
				});
		}
		patience(fault.name())
			.untilAsserted(() -> assertThat(threads()).filteredOn((thread) -> !before.contains(thread))
				.noneMatch((thread) -> thread.getName().startsWith("s3s3-")));
	}

	private String check(FaultMatrixCell cell, ApplicationContext context, Path directory) throws IOException {
		Set<Thread> before = threads();
		S3Client watched = client(context, (event) -> {
			cell.note(event);
			this.secrets.inspect(event);
		});
		Path target = directory.resolve("file");
		long started = System.nanoTime();

		Throwable error = catchThrowable(() -> cell.operation.run(watched, target));

		assertThat(Duration.ofNanos(System.nanoTime() - started)).as(cell.name()).isLessThan(LONGEST);
		cell.check(error);
		assertThat(Files.deleteIfExists(target)).as(cell.name())
			.isEqualTo(error == null && cell.operation == Operation.GET_FILE);
		assertThat(directory).as(cell.name()).isEmptyDirectory();
		patience(cell.name()).untilAsserted(() -> assertThat(threadsOfCalls()).isSubsetOf(before));
		if (error != null) {
			this.secrets.inspect(stackTraceOf(error));
		}
		return cell.outcome(error);
	}

	private void inspect(ApplicationContext context) {
		this.secrets.inspect(context.getBean(LocationPair.class));
		this.secrets.inspect(context.getBean(FailoverS3Client.class));
		context.getBean(MeterRegistry.class).getMeters().forEach((meter) -> this.secrets.inspect(meter.getId()));
	}

	private static ConditionFactory patience(String alias) {
		return Awaitility.await(alias).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
	}

	private static Set<Thread> threads() {
		return new HashSet<>(Thread.getAllStackTraces().keySet());
	}

	// Those that a call started, and those of the endpoint, of which each serves one
	// connection for as long as that is open.
	private static Set<Thread> threadsOfCalls() {
		return threads().stream()
			.filter((thread) -> thread.getName().startsWith("test-connection") || (thread.getName().startsWith("s3s3-")
					&& !Set.of("s3s3-watchdog", "s3s3-credentials", "s3s3-async", "s3s3-async-timer")
						.contains(thread.getName())))
			.collect(Collectors.toSet());
	}

	private static String stackTraceOf(Throwable error) {
		StringWriter text = new StringWriter();
		error.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
