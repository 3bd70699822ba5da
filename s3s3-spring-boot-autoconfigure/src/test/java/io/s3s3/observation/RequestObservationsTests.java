package io.s3s3.observation;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestSent;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestObservations}, over real sockets.
 */
class RequestObservationsTests extends AbstractRequestObservationsTests {

	@Test
	void observesACallAndItsAttempts() {
		try (EmbeddedS3 east = EmbeddedS3.start("east"); EmbeddedS3 west = EmbeddedS3.start("west")) {
			observed(Contexts.pair(east.endpoint(), "east", west.endpoint(), "west"))
				.run((context) -> context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 }));
		}

		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsEqualTo(2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.call")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.hasContextualNameEqualTo("s3s3 PutObject")
			.hasLowCardinalityKeyValue("operation", "PutObject")
			.hasLowCardinalityKeyValue("location", "primary")
			.hasLowCardinalityKeyValue("result", "success")
			.doesNotHaveError();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.attempt")
			.that()
			.hasBeenStopped()
			.hasContextualNameEqualTo("PutObject at primary")
			.hasLowCardinalityKeyValue("location", "primary")
			.hasLowCardinalityKeyValue("result", "success")
			.hasHighCardinalityKeyValue("attempt", "1")
			.hasParentObservationContextMatching((parent) -> parent instanceof CallObservationContext);
	}

	@Test
	void observesAFailover() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(500, "InternalError");
				EmbeddedS3 west = EmbeddedS3.start("west")) {
			observed(Contexts.pair(east.uri(), "east", west.endpoint(), "west"))
				.run((context) -> context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 }));
		}

		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsWithNameEqualTo("s3s3.call", 1)
			.hasNumberOfObservationsWithNameEqualTo("s3s3.attempt", 2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.call")
			.that()
			.hasLowCardinalityKeyValue("location", "secondary")
			.hasLowCardinalityKeyValue("result", "success");
		assertThat(this.events).containsExactly("s3s3.call: failover");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasAnObservation((attempt) -> attempt.hasNameEqualTo("s3s3.attempt")
				.hasLowCardinalityKeyValue("location", "primary")
				.hasLowCardinalityKeyValue("result", "server-error")
				.hasError());
	}

	@Test
	void observesHowACallFails() {
		try (FaultyEndpoint east = FaultyEndpoint.refusing(); FaultyEndpoint west = FaultyEndpoint.refusing()) {
			observed(Contexts.pair(east.uri(), "east", west.uri(), "west"))
				.run((context) -> assertThatExceptionOfType(SdkException.class)
					.isThrownBy(() -> context.getBean(FailoverS3Template.class).exists("key")));
		}

		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyRemainingCurrentObservation();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.call")
			.that()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("result", "connection")
			.hasError();
	}

	@Test
	void observesAStreamThatIsReadAfterItsCall() {
		try (EmbeddedS3 east = EmbeddedS3.start("east"); EmbeddedS3 west = EmbeddedS3.start("west")) {
			observed(Contexts.pair(east.endpoint(), "east", west.endpoint(), "west")).run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				assertThatExceptionOfType(NoSuchKeyException.class)
					.isThrownBy(() -> template.getObject((request) -> request.key("key")));
				template.upload("key", new byte[] { 1, 2 });
				try (var stream = template.getObject((request) -> request.key("key"))) {
					assertThat(this.registry.getCurrentObservation()).isNull();
					assertThat(stream.readAllBytes()).hasSize(2);
				}
			});
		}

		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsWithNameEqualTo("s3s3.call", 3)
			.hasNumberOfObservationsWithNameEqualTo("s3s3.attempt", 3)
			.hasAnObservationWithAKeyValue("result", "expected");
	}

	@Test
	void leavesOutWhatTheRegistryDoes() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("s3s3."));
		try (EmbeddedS3 east = EmbeddedS3.start("east"); EmbeddedS3 west = EmbeddedS3.start("west")) {
			observed(Contexts.pair(east.endpoint(), "east", west.endpoint(), "west")).run((context) -> {
				context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 });
				assertThat(this.registry.getCurrentObservationScope()).isNull();
			});
		}

		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void wantsNothingWhenNobodyObserves() {
		assertThat(new RequestObservations(ObservationRegistry.NOOP, null, null).wants(RequestSent.class)).isFalse();
		assertThat(new RequestObservations(ObservationRegistry.create(), null, null).wants(RequestSent.class))
			.isFalse();
		assertThat(new RequestObservations(this.registry, null, null).wants(RequestSent.class)).isTrue();
	}

}
