package io.s3s3;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A write with a condition is sent once: were its answer lost, a second try would be
 * refused although the first took effect.
 */
class ConditionalWriteRetryTests {

	private static final RequestBody BODY = RequestBody.fromString("x");

	static Stream<Arguments> conditionalWrites() {
		Map<String, Consumer<S3Client>> writes = Map.ofEntries(
				Map.entry("put if none match", (s3) -> s3.putObject((r) -> r.key("k").ifNoneMatch("*"), BODY)),
				Map.entry("put if match", (s3) -> s3.putObject((r) -> r.key("k").ifMatch("e"), BODY)),
				Map.entry("put at an offset", (s3) -> s3.putObject((r) -> r.key("k").writeOffsetBytes(7L), BODY)),
				Map.entry("copy", (s3) -> s3.copyObject((r) -> r.sourceKey("k").destinationKey("c").ifNoneMatch("*"))),
				Map.entry("delete", (s3) -> s3.deleteObject((r) -> r.key("k").ifMatch("e"))),
				Map.entry("delete of a version",
						(s3) -> s3.deleteObject((r) -> r.key("k").versionId("v").ifMatchSize(1L))),
				Map.entry("batch deletion", (s3) -> s3.deleteObjects((r) -> r
					.delete(Delete.builder().objects(ObjectIdentifier.builder().key("k").eTag("e").build()).build()))),
				Map.entry("completion",
						(s3) -> s3.completeMultipartUpload((r) -> r.key("k").uploadId("u").ifNoneMatch("*"))));
		return writes.entrySet().stream().map((write) -> Arguments.of(write.getKey(), write.getValue()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("conditionalWrites")
	void sendsItOnce(String name, Consumer<S3Client> write) {
		assertThat(requestsOf(write)).hasSize(1);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("conditionalWrites")
	void sendsItOnceWhateverTheRetriesOfTheClient(String name, Consumer<S3Client> write) {
		S3ClientCustomizer eager = (builder) -> builder
			.overrideConfiguration((override) -> override.retryStrategy(RetryMode.LEGACY));

		assertThat(requestsOf(write, (context) -> context.withBean(S3ClientCustomizer.class, () -> eager))).hasSize(1);
	}

	@Test
	void sendsItOnceThroughAClientOfTheApplication() {
		Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
		try (FaultyEndpoint endpoint = AnsweringEndpoint.recording(Answer.error(500, "InternalError"), requests);
				S3Client own = EmbeddedS3.client(endpoint.uri());
				FailoverS3Client client = FailoverS3Client.builder()
					.primary(own, "east")
					.secondary(own, "west")
					.build()) {
			assertThat(catchThrowable(() -> client.putObject((r) -> r.key("k").ifNoneMatch("*"), BODY))).isNotNull();
			assertThat(requests).hasSize(1);
		}
	}

	@Test
	void leavesTheRetriesOfOtherWritesAlone() {
		assertThat(requestsOf((s3) -> s3.putObject((r) -> r.key("k"), BODY))).hasSize(2);
		assertThat(requestsOf((s3) -> s3.copyObject((r) -> r.sourceKey("k")
			.destinationKey("c")
			.metadataDirective(MetadataDirective.COPY)
			.copySourceIfMatch("e")))).hasSize(2);
	}

	private static Queue<HttpRequest> requestsOf(Consumer<S3Client> call) {
		return requestsOf(call, UnaryOperator.identity());
	}

	// What the primary is sent while it fails in a way that the SDK would try again.
	private static Queue<HttpRequest> requestsOf(Consumer<S3Client> call,
			UnaryOperator<ApplicationContextRunner> setUp) {
		Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
		try (FaultyEndpoint primary = AnsweringEndpoint.recording(Answer.error(500, "InternalError"), requests);
				FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			setUp
				.apply(Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
					.withPropertyValues("s3s3.failover.max-rounds=1"))
				.run((context) -> assertThat(catchThrowable(() -> call.accept(context.getBean(FailoverS3Client.class))))
					.isNotNull());
		}
		return requests;
	}

}
