package io.s3s3;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.s3s3.failure.FailureKind;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers with status 200 that are none, against the operations that are answered with
 * XML or with an object: the other location serves the call.
 */
class BrokenAnswerTests {

	private static EmbeddedS3 secondary;

	@BeforeAll
	static void start() {
		secondary = EmbeddedS3.start("west");
		try (S3Client direct = secondary.client()) {
			direct.putObject((request) -> request.bucket("west").key("key"), RequestBody.fromString("x"));
		}
	}

	@AfterAll
	static void stop() {
		secondary.close();
	}

	@ParameterizedTest(name = "{0} x {1}")
	@MethodSource
	void isNoSuccess(Answer answer, Operation operation) {
		try (FaultyEndpoint primary = answer.endpoint.get()) {
			Contexts.impatientPair(primary.uri(), "east", secondary.endpoint(), "west").run((context) -> {
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				StringBuilder reasons = new StringBuilder();

				operation.call.accept(
						client.on(io.s3s3.event.RequestFailedOver.class, (event) -> reasons.append(event.getReason())));

				assertThat(reasons.toString()).isIn(FailureKind.BROKEN_RESPONSE.name(), FailureKind.RESET.name(),
						FailureKind.TIMEOUT.name(), FailureKind.SERVER_ERROR.name());
			});
		}
	}

	static Stream<Arguments> isNoSuccess() {
		return Stream.of(Answer.values())
			.flatMap((answer) -> Stream.of(Operation.values())
				.filter((operation) -> operation.xml || answer.breaksObjects)
				.map((operation) -> Arguments.of(answer, operation)));
	}

	/**
	 * What the primary answers.
	 */
	enum Answer {

		EMPTY(() -> FaultyEndpoint.succeeding("", 0, false), false),

		GARBAGE(() -> FaultyEndpoint.succeeding("%%% no XML", 10, false), false),

		OTHER_XML(() -> FaultyEndpoint.succeeding("<Welcome/>", 10, false), false),

		CUT_XML(() -> FaultyEndpoint.succeeding("<ListBucketResult><Name>", 24, false), false),

		ERROR_DOCUMENT(() -> FaultyEndpoint.succeeding("<Error><Code>InternalError</Code></Error>", 41, false), false),

		TRUNCATED(() -> FaultyEndpoint.succeeding("<ListBucketResult><Name>east</Name>", 100, false), true),

		STALLED(() -> FaultyEndpoint.succeeding("<ListBucketResult><Name>east</Name>", 100, true), true),

		HEADERS_ONLY(() -> FaultyEndpoint.succeeding("", 100, true), true);

		private final Supplier<FaultyEndpoint> endpoint;

		private final boolean breaksObjects;

		Answer(Supplier<FaultyEndpoint> endpoint, boolean breaksObjects) {
			this.endpoint = endpoint;
			this.breaksObjects = breaksObjects;
		}

	}

	/**
	 * An operation whose answer has a body.
	 */
	enum Operation {

		LIST(true, (s3) -> assertThat(s3.listObjects((r) -> r.prefix("key")).contents()).hasSize(1)),

		LIST_V2(true, (s3) -> assertThat(s3.listObjectsV2((r) -> r.prefix("key")).contents()).hasSize(1)),

		COPY(true,
				(s3) -> assertThat(
						s3.copyObject((r) -> r.sourceKey("key").destinationKey("copy")).copyObjectResult().eTag())
					.isNotBlank()),

		CREATE_UPLOAD(true,
				(s3) -> assertThat(s3.createMultipartUpload((r) -> r.key("upload")).uploadId()).isNotBlank()),

		DELETE_OBJECTS(true, (s3) -> assertThat(s3
			.deleteObjects(
					(r) -> r.delete(Delete.builder().objects(ObjectIdentifier.builder().key("none").build()).build()))
			.deleted()).hasSize(1)),

		GET_BYTES(false, (s3) -> assertThat(s3.getObjectAsBytes((r) -> r.key("key")).asUtf8String()).isEqualTo("x"));

		private final boolean xml;

		private final Consumer<S3Client> call;

		Operation(boolean xml, Consumer<S3Client> call) {
			this.xml = xml;
			this.call = call;
		}

	}

}
