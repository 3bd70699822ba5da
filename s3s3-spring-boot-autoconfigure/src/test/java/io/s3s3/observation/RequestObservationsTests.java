package io.s3s3.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.s3s3.FailoverS3Template;
import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestSent;
import io.s3s3.event.ResponseReceived;
import io.s3s3.event.S3Call;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestObservations}, over real sockets.
 */
class RequestObservationsTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<String> events = new ArrayList<>();

	/** What is current while the clients send, by location. */
	private final List<@Nullable Observation> current = new ArrayList<>();

	@BeforeEach
	void noteEvents() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onEvent(Observation.Event event, Observation.Context context) {
				RequestObservationsTests.this.events.add(context.getName() + ": " + event.getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

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
		try (FaultyEndpoint east = FaultyEndpoint.answering(500, "InternalError");
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
	void makesTheAttemptCurrentWhileTheClientWorks() {
		try (FaultyEndpoint east = FaultyEndpoint.refusing(); EmbeddedS3 west = EmbeddedS3.start("west")) {
			Observation outer = Observation.start("outer", this.registry);
			try (Observation.Scope scope = outer.openScope()) {
				observed(Contexts.pair(east.uri(), "east", west.endpoint(), "west"))
					.run((context) -> context.getBean(FailoverS3Template.class).upload("key", new byte[] { 1 }));
				assertThat(this.registry.getCurrentObservation()).isSameAs(outer);
			}
			outer.stop();
		}

		assertThat(this.current).extracting((observation) -> (observation != null) ? observation.getContext() : null)
			.hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((context) -> assertThat(context).isInstanceOf(AttemptObservationContext.class));
		assertThat(this.current).extracting(RequestObservationsTests::locationOf)
			.startsWith("primary")
			.endsWith("secondary");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.call")
			.that()
			.hasParentObservationContextMatching((parent) -> "outer".equals(parent.getName()));
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
	void observesACallWithinAnAttemptOfAnother() {
		RequestObservations observations = new RequestObservations(this.registry, null, null);
		S3Call outer = call("PutObject");
		S3Call inner = call("GetObject");

		observations.onRequestEvent(new RequestSent(outer, LocationRole.PRIMARY, 1));
		Observation outerAttempt = this.registry.getCurrentObservation();
		observations.onRequestEvent(new RequestSent(inner, LocationRole.PRIMARY, 1));
		observations.onRequestEvent(new ResponseReceived(inner, LocationRole.PRIMARY, null));
		observations.onRequestEvent(completed(inner));
		assertThat(this.registry.getCurrentObservation()).isSameAs(outerAttempt);
		observations.onRequestEvent(new ResponseReceived(outer, LocationRole.PRIMARY, null));
		observations.onRequestEvent(completed(outer));

		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsEqualTo(4)
			.hasAnObservation((call) -> call.hasContextualNameEqualTo("s3s3 GetObject")
				.hasParentObservationContextMatching(
						(parent) -> parent instanceof AttemptObservationContext attempt && attempt.getCall() == outer));
	}

	@Test
	void observesAttemptsOnOtherThreadsAsChildrenOfTheirCall() throws InterruptedException {
		RequestObservations observations = new RequestObservations(this.registry, null, null);
		S3Call call = call("GetObject");
		observations.onRequestEvent(new RequestSent(call, LocationRole.PRIMARY, 1));
		List<Observation> remaining = new CopyOnWriteArrayList<>();

		Thread part = new Thread(() -> {
			observations.onRequestEvent(new RequestSent(call, LocationRole.SECONDARY, 1));
			observations.onRequestEvent(new ResponseReceived(call, LocationRole.SECONDARY, null));
			Observation current = this.registry.getCurrentObservation();
			if (current != null) {
				remaining.add(current);
			}
		});
		part.start();
		part.join();
		observations.onRequestEvent(new ResponseReceived(call, LocationRole.PRIMARY, null));
		observations.onRequestEvent(completed(call));

		assertThat(remaining).isEmpty();
		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsWithNameEqualTo("s3s3.call", 1)
			.forAllObservationsWithNameEqualTo("s3s3.attempt", (attempt) -> attempt
				.hasParentObservationContextMatching((parent) -> parent instanceof CallObservationContext));
	}

	@Test
	void observesAttemptsAfterTheirCallWithoutOne() {
		RequestObservations observations = new RequestObservations(this.registry, null, null);
		S3Call call = call("GetObject");
		observations.onRequestEvent(new RequestSent(call, LocationRole.PRIMARY, 1));
		observations.onRequestEvent(new ResponseReceived(call, LocationRole.PRIMARY, null));
		observations.onRequestEvent(completed(call));

		observations.onRequestEvent(new RequestSent(call, LocationRole.SECONDARY, 2));
		observations.onRequestEvent(new ResponseReceived(call, LocationRole.SECONDARY, null));

		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasNumberOfObservationsWithNameEqualTo("s3s3.call", 1)
			.hasNumberOfObservationsWithNameEqualTo("s3s3.attempt", 2)
			.hasAnObservation((attempt) -> attempt.hasLowCardinalityKeyValue("location", "secondary")
				.hasHighCardinalityKeyValue("attempt", "2")
				.doesNotHaveParentObservation());
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

	private static S3Call call(String operation) {
		return new S3Call(operation, GetObjectRequest.builder().key("key").build());
	}

	private static RequestCompleted completed(S3Call call) {
		return new RequestCompleted(call, LocationRole.PRIMARY, Duration.ofMillis(1), null);
	}

	private ApplicationContextRunner observed(ApplicationContextRunner pair) {
		return pair.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withBean(LocationClientCustomizer.class,
					() -> (location,
							builder) -> builder.overrideConfiguration(builder.overrideConfiguration()
								.toBuilder()
								.addExecutionInterceptor(new CurrentObservation())
								.build()));
	}

	private static @Nullable String locationOf(@Nullable Observation observation) {
		return (observation != null && observation.getContext() instanceof AttemptObservationContext context)
				? context.getLocation().tag() : null;
	}

	/**
	 * Notes what is current when a request is about to be sent.
	 */
	private final class CurrentObservation implements ExecutionInterceptor {

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			RequestObservationsTests.this.current.add(RequestObservationsTests.this.registry.getCurrentObservation());
		}

	}

}
