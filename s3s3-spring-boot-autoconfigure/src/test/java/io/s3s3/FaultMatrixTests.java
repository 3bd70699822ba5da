package io.s3s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.s3s3.event.RequestEvent;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.AfterAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fault matrix of the blocking client. The outcomes are logged and written to
 * target/fault-matrix.md, of which docs/faults.md holds a copy.
 */
class FaultMatrixTests extends AbstractFaultMatrixTests {

	private static final Logger logger = LoggerFactory.getLogger(FaultMatrixTests.class);

	@Override
	S3Client client(ApplicationContext context, Consumer<RequestEvent> listener) {
		return context.getBean(FailoverS3Client.class).on(RequestEvent.class, listener);
	}

	@AfterAll
	void write() throws IOException {
		Files.writeString(Path.of("target", "fault-matrix.md"), asMarkdown());
		logger.info("Faults and outcomes:\n{}", asMarkdown());
		if (outcomes().size() == Fault.values().length) {
			assertThat(Path.of("docs", "faults.md")).content()
				.as("a copy of target/fault-matrix.md")
				.endsWith(asMarkdown());
		}
	}

	private String asMarkdown() {
		StringBuilder table = new StringBuilder("| fault | kind | counts | effect | tries | at most |");
		for (Operation operation : Operation.values()) {
			table.append(' ').append(label(operation)).append(" |");
		}
		table.append("\n|---|---|---|---|---|---|").append("---|".repeat(Operation.values().length)).append('\n');
		outcomes().forEach((fault, row) -> table
			.append("| %s | %s | %s | %s | %d | %s | ".formatted(label(fault), fault.expectation().kind().tag(),
					fault.expectation().counts() ? "yes" : "no", fault.expectation().effect(),
					fault.expectation().tries(), fault.bound()))
			.append(Stream.of(Operation.values())
				.map((operation) -> row.getOrDefault(operation, ""))
				.collect(Collectors.joining(" | ")))
			.append(" |\n"));
		return table.toString();
	}

	private static String label(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
