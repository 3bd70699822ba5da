package io.s3s3.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestSent;
import io.s3s3.event.ResponseReceived;
import io.s3s3.event.S3Call;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestObservations}: which observation is within which.
 */
class ObservationParentTests extends AbstractRequestObservationsTests {

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
		assertThat(this.current).extracting(ObservationParentTests::locationOf)
			.startsWith("primary")
			.endsWith("secondary");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("s3s3.call")
			.that()
			.hasParentObservationContextMatching((parent) -> "outer".equals(parent.getName()));
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

	private static RequestCompleted completed(S3Call call) {
		return new RequestCompleted(call, LocationRole.PRIMARY, Duration.ofMillis(1), null, List.of());
	}

	private static @Nullable String locationOf(@Nullable Observation observation) {
		return (observation != null && observation.getContext() instanceof AttemptObservationContext context)
				? context.getLocation().tag() : null;
	}

}
