package io.s3s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.Expectation.Scope;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The five operations of s3-s3 over real sockets, through an application context, with
 * the events and meters of a failover. {@link FaultMatrixTests} has all the faults.
 */
class FailoverIntegrationTests extends AbstractFailoverIntegrationTests {

	@ParameterizedTest
	@MethodSource("operationsByFault")
	void failsOver(Operation operation, Fault fault) {
		direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("content"));
		try (FaultyEndpoint primary = fault.open()) {
			fault.context(primary, secondary.endpoint()).withUserConfiguration(Listener.class).run((context) -> {
				operation.check.accept(context.getBean(FailoverS3Template.class), direct);

				List<RequestFailedOver> events = context.getBean(Listener.class).events;
				assertThat(events).hasSize(1);
				assertThat(events.get(0).getOperation()).isEqualTo(operation.s3Name);
				assertThat(events.get(0).getFrom()).isEqualTo(LocationRole.PRIMARY);
				assertThat(events.get(0).getTo()).isEqualTo(LocationRole.SECONDARY);
				assertThat(events.get(0).getReason()).isEqualTo(fault.expectation().kind());
				assertThat(events.get(0).getEffect()).isEqualTo(fault.expectation().effect());
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("s3s3.failovers")
					.tags("operation", operation.s3Name, "from", "primary", "to", "secondary", "reason",
							fault.expectation().kind().tag())
					.counter()
					.count()).isEqualTo(1);
				assertThat(registry.get("s3s3.requests")
					.tags("operation", operation.s3Name, "location", "secondary", "outcome", "success")
					.timer()
					.count()).isEqualTo(1);
			});
		}
	}

	static Stream<Fault> curableFaults() {
		return Stream.of(Fault.values())
			.filter((fault) -> fault.expectation().curable() && fault.expectation().scope() == Scope.ALL);
	}

	static Stream<Arguments> operationsByFault() {
		return Stream.of(Operation.values())
			.flatMap((operation) -> Stream.of(Fault.CONNECTION_REFUSED, Fault.NEVER_ANSWERS, Fault.INTERNAL_ERROR)
				.map((fault) -> Arguments.of(operation, fault)));
	}

	@ParameterizedTest
	@MethodSource("curableFaults")
	void throwsTheLastLocationsErrorWithATraceWhenBothFail(Fault fault) {
		try (FaultyEndpoint primary = fault.open();
				FaultyEndpoint other = AnsweringEndpoint.answering(503, "ServiceUnavailable")) {
			fault.context(primary, other.uri()).withPropertyValues("s3s3.failover.max-rounds=1").run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);

				S3Exception error = catchThrowableOfType(S3Exception.class, () -> template.downloadAsBytes(KEY));

				assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
				assertThat(error.getSuppressed()).hasAtLeastOneElementOfType(SdkException.class);
				FailoverTrace trace = FailoverTrace.of(error).orElseThrow();
				assertThat(trace.attempts()).extracting((attempt) -> attempt.location())
					.containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY);
				assertThat(trace.attempts().get(0).failure().kind()).isEqualTo(fault.expectation().kind());
				assertThat(trace.attempts().get(0).failure().effect()).isEqualTo(fault.expectation().effect());
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "404, NoSuchKey", "412, PreconditionFailed", "416, InvalidRange", "400, InvalidArgument",
			"400, MalformedXML", "400, EntityTooLarge", "403, AccessDenied", "405, MethodNotAllowed",
			"409, OperationAborted", "304, ''" })
	void leavesAnAnswerToTheCaller(int status, String code) {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(status, code);
				FaultyEndpoint other = AnsweringEndpoint.answering(500, "InternalError")) {
			Contexts.pair(primary.uri(), "east", other.uri(), "west")
				.withUserConfiguration(Listener.class)
				.run((context) -> {
					FailoverS3Template template = context.getBean(FailoverS3Template.class);

					S3Exception error = catchThrowableOfType(S3Exception.class, () -> template.downloadAsBytes(KEY));

					assertThat(error.statusCode()).isEqualTo(status);
					assertThat(error instanceof NoSuchKeyException).isEqualTo(code.equals("NoSuchKey"));
					assertThat(other.connections()).isZero();
					assertThat(primary.connections()).isEqualTo(1);
					assertThat(context.getBean(Listener.class).events).isEmpty();
					assertThat(FailoverTrace.of(error)).isEmpty();
				});
		}
	}

	@Test
	void failsOverWhenTheCredentialsOfThePrimaryCannotBeHad() {
		direct.putObject((request) -> request.bucket("west").key(KEY), RequestBody.fromString("content"));
		LocationClientCustomizer broken = (role, builder) -> {
			if (role == LocationRole.PRIMARY) {
				builder.credentialsProvider(() -> {
					throw new IllegalStateException("the vault is closed");
				});
			}
		};
		Contexts.pair(URI.create("http://127.0.0.1:9"), "east", secondary.endpoint(), "west")
			.withBean(LocationClientCustomizer.class, () -> broken)
			.withUserConfiguration(Listener.class)
			.run((context) -> {
				assertThat(context.getBean(FailoverS3Template.class).downloadAsBytes(KEY)).asString()
					.isEqualTo("content");

				List<RequestFailedOver> events = context.getBean(Listener.class).events;
				assertThat(events).extracting(RequestFailedOver::getReason).containsExactly(FailureKind.CREDENTIALS);
				assertThat(events).extracting(RequestFailedOver::getEffect).containsExactly(Effect.NOT_SENT);
				assertThat(events.get(0).getError()).hasRootCauseMessage("the vault is closed");
			});
	}

	@ParameterizedTest
	@CsvSource({ "false, 0", "true, 1" })
	void failsOverOnAccessDeniedWhenAsked(boolean allowed, int connections) {
		try (FaultyEndpoint primary = AnsweringEndpoint.answering(403, "AccessDenied");
				FaultyEndpoint other = AnsweringEndpoint.answering(404, "NoSuchKey")) {
			Contexts.pair(primary.uri(), "east", other.uri(), "west")
				.withPropertyValues("s3s3.failover.on-access-denied=" + allowed)
				.run((context) -> {
					assertThatExceptionOfType(S3Exception.class)
						.isThrownBy(() -> context.getBean(FailoverS3Template.class).downloadAsBytes(KEY));

					assertThat(other.connections()).isEqualTo(connections);
				});
		}
	}

	/**
	 * An operation, and the proof that the secondary served it.
	 */
	enum Operation {

		PUT_OBJECT("PutObject", (template, direct) -> {
			template.putObject((request) -> request.key("new/key"), RequestBody.fromString("new"));
			assertThat(read(direct, "new/key")).isEqualTo("new");
		}),

		GET_OBJECT("GetObject",
				(template, direct) -> assertThat(template.downloadAsBytes(KEY)).asString().isEqualTo("content")),

		DELETE_OBJECT("DeleteObject", (template, direct) -> {
			template.deleteObject((request) -> request.key(KEY));
			assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(direct, KEY));
		}),

		DELETE_OBJECTS("DeleteObjects", (template, direct) -> {
			Delete delete = Delete.builder().objects(ObjectIdentifier.builder().key(KEY).build()).build();
			assertThat(template.deleteObjects((request) -> request.delete(delete)).deleted()).hasSize(1);
			assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(direct, KEY));
		}),

		LIST_OBJECTS("ListObjects",
				(template,
						direct) -> assertThat(template.listObjects((request) -> request.prefix("folder/")).contents())
							.extracting((object) -> object.key())
							.containsExactly(KEY));

		private final String s3Name;

		private final BiConsumer<FailoverS3Template, S3Client> check;

		Operation(String s3Name, BiConsumer<FailoverS3Template, S3Client> check) {
			this.s3Name = s3Name;
			this.check = check;
		}

		private static String read(S3Client direct, String key) {
			return direct.getObjectAsBytes((request) -> request.bucket("west").key(key))
				.asString(StandardCharsets.UTF_8);
		}

	}

}
