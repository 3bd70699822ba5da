package io.s3s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.FailoverControl;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Each fault of the primary against an operation of each kind. What is expected follows
 * from two things: whether the fault is curable elsewhere, in {@link Fault}, and whether
 * the operation may go elsewhere, in {@link Operation}. The outcomes are written to
 * target/fault-matrix.md, of which FAULTS.md is a copy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultMatrixTests {

	private static final String KEY = "key";

	/** Locations, times the SDK's tries at each. */
	private static final int MAX_REQUESTS_AT_PRIMARY = 2;

	private final Map<Fault, Map<Operation, String>> outcomes = new EnumMap<>(Fault.class);

	private final AtomicInteger files = new AtomicInteger();

	@TempDir
	private Path folder;

	private EmbeddedS3 secondary;

	@BeforeAll
	void start() {
		this.secondary = EmbeddedS3.start("west");
	}

	@AfterAll
	void stop() throws IOException {
		this.secondary.close();
		Files.writeString(Path.of("target", "fault-matrix.md"), asMarkdown());
		if (this.outcomes.size() == Fault.values().length) {
			assertThat(Path.of("FAULTS.md")).content().as("a copy of target/fault-matrix.md").endsWith(asMarkdown());
		}
	}

	@ParameterizedTest
	@EnumSource
	void hasTheRightOutcomeForEachKindOfOperation(Fault fault) {
		try (FaultyEndpoint primary = fault.open()) {
			Contexts.impatientPair(primary.uri(), "east", this.secondary.endpoint(), "west").run((context) -> {
				for (Operation operation : Operation.values()) {
					context.getBean(FailoverControl.class).reset();
					check(fault, primary, operation, context.getBean(FailoverS3Client.class));
				}
			});
		}
	}

	private void check(Fault fault, FaultyEndpoint primary, Operation operation, FailoverS3Client client) {
		restoreObject();
		int before = primary.connections();
		AtomicInteger failovers = new AtomicInteger();
		AtomicInteger completions = new AtomicInteger();
		FailoverS3Client view = client.on(RequestFailedOver.class, (event) -> {
			assertThat(event.getReason()).as(operation.name()).isEqualTo(kindOf(fault, operation, event));
			failovers.incrementAndGet();
		}).on(RequestCompleted.class, (event) -> completions.incrementAndGet());
		Path target = this.folder.resolve("file" + this.files.incrementAndGet());

		Throwable error = catchThrowable(() -> operation.call.run(view, target));

		boolean curable = operation.isHead() ? fault.curableForHead() : fault.curable();
		String cell = fault + " x " + operation;
		if (curable && operation.elsewhere) {
			assertThat(error).as(cell).isNull();
			assertThat(failovers).as(cell).hasValue(1);
		}
		else {
			assertThat(error).as(cell).isInstanceOf(SdkException.class);
			assertThat(failovers).as(cell).hasValue(0);
			assertThat(FailoverTrace.of(error).isPresent()).as(cell).isEqualTo(curable);
		}
		assertThat(completions).as(cell).hasValue(1);
		assertThat(primary.connections() - before).as(cell).isLessThanOrEqualTo(MAX_REQUESTS_AT_PRIMARY);
		this.outcomes.computeIfAbsent(fault, (key) -> new EnumMap<>(Operation.class))
			.put(operation, (error != null) ? error.getClass().getSimpleName() : "secondary");
	}

	// The answer to a HEAD has no code: its kind is what the status alone says.
	private static Object kindOf(Fault fault, Operation operation, RequestFailedOver event) {
		return operation.isHead() ? event.getReason() : fault.kind();
	}

	private void restoreObject() {
		try (S3Client direct = this.secondary.client()) {
			assertThatNoException().isThrownBy(
					() -> direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("x")));
		}
	}

	private String asMarkdown() {
		StringBuilder table = new StringBuilder("| fault | kind | effect |");
		for (Operation operation : Operation.values()) {
			table.append(' ').append(operation.label()).append(" |");
		}
		table.append("\n|---|---|---|").append("---|".repeat(Operation.values().length)).append('\n');
		this.outcomes.forEach((fault, row) -> table.append("| ")
			.append(label(fault.name()))
			.append(" | ")
			.append(fault.kind().tag())
			.append(" | ")
			.append(fault.effect())
			.append(" | ")
			.append(Stream.of(Operation.values())
				.map((operation) -> row.getOrDefault(operation, ""))
				.collect(Collectors.joining(" | ")))
			.append(" |\n"));
		return table.toString();
	}

	private static String label(String name) {
		return name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
	}

	/**
	 * An operation of each kind, and whether it may go to another location.
	 */
	enum Operation {

		PUT_BYTES(true, (s3, file) -> s3.putObject((r) -> r.key(KEY), RequestBody.fromString("y"))),

		PUT_STREAMED(true,
				(s3, file) -> s3.putObject((r) -> r.key(KEY),
						RequestBody.fromContentProvider(() -> new java.io.ByteArrayInputStream(new byte[300_000]),
								300_000, "text/plain"))),

		GET_BYTES(true, (s3, file) -> assertThat(s3.getObjectAsBytes((r) -> r.key(KEY)).asUtf8String()).isEqualTo("x")),

		GET_STREAM(true, (s3, file) -> s3.getObject((r) -> r.key(KEY)).close()),

		GET_FILE(true, (s3, file) -> {
			s3.getObject((r) -> r.key(KEY), file);
			assertThat(file).hasContent("x");
		}),

		HEAD(true, (s3, file) -> s3.headObject((r) -> r.key(KEY))),

		LIST(true, (s3, file) -> assertThat(s3.listObjects((r) -> r.prefix(KEY)).contents()).hasSize(1)),

		LIST_V2(true, (s3, file) -> assertThat(s3.listObjectsV2((r) -> r.prefix(KEY)).contents()).hasSize(1)),

		DELETE(true, (s3, file) -> s3.deleteObject((r) -> r.key(KEY))),

		DELETE_OBJECTS(true,
				(s3, file) -> assertThat(s3.deleteObjects(
						(r) -> r.delete(Delete.builder().objects(ObjectIdentifier.builder().key(KEY).build()).build()))
					.deleted()).hasSize(1)),

		COPY(true, (s3, file) -> s3.copyObject((r) -> r.sourceKey(KEY).destinationKey("copy"))),

		CREATE_UPLOAD(true,
				(s3, file) -> assertThat(s3.createMultipartUpload((r) -> r.key("mp")).uploadId()).isNotBlank()),

		CONDITIONAL_PUT(false,
				(s3, file) -> s3.putObject((r) -> r.key(KEY).ifNoneMatch("*"), RequestBody.fromString("y"))),

		UPLOAD_PART(false,
				(s3, file) -> s3.uploadPart((r) -> r.key("mp").uploadId("u").partNumber(1),
						RequestBody.fromString("y"))),

		COMPLETE_UPLOAD(false, (s3, file) -> s3.completeMultipartUpload((r) -> r.key("mp").uploadId("u"))),

		BUCKET_VERSIONING(false, (s3, file) -> s3.getBucketVersioning((r) -> {
		}));

		private final boolean elsewhere;

		private final Call call;

		Operation(boolean elsewhere, Call call) {
			this.elsewhere = elsewhere;
			this.call = call;
		}

		boolean isHead() {
			return this == HEAD;
		}

		String label() {
			return FaultMatrixTests.label(name());
		}

	}

	/**
	 * A call of a client.
	 */
	@FunctionalInterface
	interface Call {

		void run(S3Client s3, Path file) throws Exception;

	}

}
