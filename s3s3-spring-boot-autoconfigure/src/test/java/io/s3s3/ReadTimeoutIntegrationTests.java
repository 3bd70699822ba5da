package io.s3s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.s3s3.event.ErrorReceived;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call does not wait long for a location while another one could stand in, and waits as
 * long as a plain client where none could.
 */
class ReadTimeoutIntegrationTests {

	private static final Duration READ_TIMEOUT = Duration.ofMillis(100);

	/** More than what a location gets while there is another one. */
	private static final Duration DELAY = Duration.ofSeconds(1);

	private static final Answer EXPECTED = Answer.success("<Result><Name>east</Name><Contents><Key>key</Key></Contents>"
			+ "<Deleted><Key>key</Key></Deleted><ETag>e</ETag><UploadId>u</UploadId></Result>");

	@ParameterizedTest
	@EnumSource(names = { "GET", "PUT", "LIST" })
	void isServedByTheSecondLocationWhenBothTakeTheirTime(Call call) {
		try (FaultyEndpoint primary = slow(); FaultyEndpoint secondary = slow()) {
			run(primary, secondary, (s3) -> {
				call.run(s3);

				assertThat(s3.errors).extracting((error) -> error.getAttempt().location())
					.containsExactly(LocationRole.PRIMARY);
			});
		}
	}

	@Test
	void takesOnlyOneLocationOutWhenBothTakeTheirTime() {
		try (FaultyEndpoint primary = slow(); FaultyEndpoint secondary = slow()) {
			pair(primary, secondary).run((context) -> {
				for (int i = 0; i < 5; i++) {
					Call.PUT.run(new Watched(context.getBean(FailoverS3Client.class)));
				}

				assertThat(context.getBean(FailoverControl.class).status().secondary().status())
					.isEqualTo(LocationStatus.UP);
			});
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BATCH_DELETION", "COPY", "COMPLETION" })
	void waitsAtOnceForWhatIsCarriedOutBeforeTheAnswer(Call call) {
		servesAtThePrimary(call, (context) -> {
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "CONDITIONAL_PUT", "VERSIONING" })
	void waitsForTheOnlyLocationThatMayServe(Call call) {
		servesAtThePrimary(call, (context) -> {
		});
	}

	@Test
	void waitsForALocationWhileTheOtherIsDrained() {
		servesAtThePrimary(Call.GET, (control) -> control.drain(LocationRole.SECONDARY));
	}

	private static void servesAtThePrimary(Call call, Consumer<FailoverControl> setUp) {
		try (FaultyEndpoint primary = slow(); FaultyEndpoint secondary = FaultyEndpoint.refusing()) {
			pair(primary, secondary).run((context) -> {
				setUp.accept(context.getBean(FailoverControl.class));
				Watched s3 = new Watched(context.getBean(FailoverS3Client.class));

				call.run(s3);

				assertThat(s3.errors).isEmpty();
			});
		}
	}

	private static FaultyEndpoint slow() {
		return AnsweringEndpoint.hesitating(DELAY, EXPECTED);
	}

	private static void run(FaultyEndpoint primary, FaultyEndpoint secondary, Consumer<Watched> calls) {
		pair(primary, secondary).run((context) -> calls.accept(new Watched(context.getBean(FailoverS3Client.class))));
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
			.withPropertyValues("s3s3.primary.read-timeout=" + READ_TIMEOUT,
					"s3s3.secondary.read-timeout=" + READ_TIMEOUT);
	}

	/**
	 * A client, and what failed on the way.
	 */
	private static final class Watched {

		private final List<ErrorReceived> errors = new CopyOnWriteArrayList<>();

		private final FailoverS3Client client;

		Watched(FailoverS3Client client) {
			this.client = client.on(ErrorReceived.class, this.errors::add);
		}

	}

	/**
	 * A call of each kind.
	 */
	enum Call {

		GET((s3) -> s3.getObjectAsBytes((request) -> request.key("key"))),

		PUT((s3) -> s3.putObject((request) -> request.key("key"), RequestBody.fromString("x"))),

		LIST((s3) -> s3.listObjectsV2((request) -> request.prefix("key"))),

		BATCH_DELETION(
				(s3) -> s3.deleteObjects((request) -> request.delete((keys) -> keys.objects((k) -> k.key("key"))))),

		COPY((s3) -> s3.copyObject((request) -> request.sourceKey("key").destinationKey("copy"))),

		COMPLETION((s3) -> s3.completeMultipartUpload((request) -> request.key("key").uploadId("u"))),

		CONDITIONAL_PUT(
				(s3) -> s3.putObject((request) -> request.key("key").ifNoneMatch("*"), RequestBody.fromString("x"))),

		VERSIONING((s3) -> s3.getBucketVersioning((request) -> {
		}));

		private final Consumer<S3Client> call;

		Call(Consumer<S3Client> call) {
			this.call = call;
		}

		void run(Watched s3) {
			this.call.accept(s3.client);
		}

	}

}
