package io.s3s3.observation;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationHandler.AllMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.event.RequestSent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for whom {@link RequestObservations} observes.
 */
class ObservationInterestTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final DefaultMeterObservationHandler meters = new DefaultMeterObservationHandler(new SimpleMeterRegistry());

	@Test
	void observesForNobody() {
		assertThat(observes()).isFalse();
	}

	@Test
	void doesNotObserveForTheTimersOfObservations() {
		listen(this.meters);

		assertThat(observes()).isFalse();
	}

	@Test
	void doesNotObserveForAGroupOfSuchTimers() {
		listen(new FirstMatchingCompositeObservationHandler(this.meters));

		assertThat(observes()).isFalse();
	}

	@Test
	void observesForAHandlerThatComesLater() {
		listen(this.meters);
		RequestObservations observations = new RequestObservations(this.registry, null, null);
		assertThat(observations.wants(RequestSent.class)).isFalse();

		listen((context) -> true);

		assertThat(observations.wants(RequestSent.class)).isTrue();
	}

	@Test
	void observesForAHandlerInAGroup() {
		listen(new AllMatchingCompositeObservationHandler(this.meters, (context) -> true));

		assertThat(observes()).isTrue();
	}

	@Test
	void observesForMetersOfTheApplication() {
		listen(new DefaultMeterObservationHandler(new SimpleMeterRegistry()) {
		});

		assertThat(observes()).isTrue();
	}

	@Test
	void observesByTheConventionOfTheApplication() {
		listen(this.meters);

		assertThat(new RequestObservations(this.registry, new CallObservationConvention() {
		}, null).wants(RequestSent.class)).isTrue();
	}

	@Test
	void observesByAConventionForAllObservations() {
		listen(this.meters);
		this.registry.observationConfig()
			.observationConvention((GlobalObservationConvention<Observation.Context>) (context) -> true);

		assertThat(observes()).isTrue();
	}

	private void listen(ObservationHandler<?> handler) {
		this.registry.observationConfig().observationHandler(handler);
	}

	private boolean observes() {
		return new RequestObservations(this.registry, null, null).wants(RequestSent.class);
	}

}
