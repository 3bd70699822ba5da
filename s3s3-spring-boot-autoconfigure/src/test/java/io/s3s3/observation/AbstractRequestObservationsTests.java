package io.s3s3.observation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration;
import io.s3s3.event.S3Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A registry that keeps observations, and notes which one was current.
 */
abstract class AbstractRequestObservationsTests {

	final TestObservationRegistry registry = TestObservationRegistry.create();

	final List<String> events = new ArrayList<>();

	/** What is current while the clients send, by location. */
	final List<@Nullable Observation> current = new ArrayList<>();

	@BeforeEach
	void noteEvents() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onEvent(Observation.Event event, Observation.Context context) {
				AbstractRequestObservationsTests.this.events.add(context.getName() + ": " + event.getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	static S3Call call(String operation) {
		return new S3Call(operation, GetObjectRequest.builder().key("key").build());
	}

	ApplicationContextRunner observed(ApplicationContextRunner pair) {
		return pair.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withBean(LocationClientCustomizer.class,
					() -> (location,
							builder) -> builder.overrideConfiguration(builder.overrideConfiguration()
								.toBuilder()
								.addExecutionInterceptor(new CurrentObservation())
								.build()));
	}

	/**
	 * Notes what is current when a request is about to be sent.
	 */
	final class CurrentObservation implements ExecutionInterceptor {

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			AbstractRequestObservationsTests.this.current
				.add(AbstractRequestObservationsTests.this.registry.getCurrentObservation());
		}

	}

}
