package io.s3s3.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.observation.AttemptObservationConvention;
import io.s3s3.observation.CallObservationConvention;
import io.s3s3.observation.RequestObservations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.task.TaskDecorator;

/**
 * Auto-configuration for the observations of s3s3, if there is an
 * {@link ObservationRegistry}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = S3s3AutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@Conditional(OnLocationsCondition.class)
public final class S3s3ObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestObservations requestObservations(ObservationRegistry registry,
			ObjectProvider<CallObservationConvention> callConvention,
			ObjectProvider<AttemptObservationConvention> attemptConvention) {
		return new RequestObservations(registry, callConvention.getIfUnique(), attemptConvention.getIfUnique());
	}

	/**
	 * Return a decorator that carries the current observation over to the threads that
	 * transfer. It is not meant for the executors of the application.
	 * @param registry where observations go
	 * @return the decorator
	 */
	@Bean(defaultCandidate = false)
	@ConditionalOnMissingBean(name = "s3s3ObservationTaskDecorator")
	TaskDecorator s3s3ObservationTaskDecorator(ObservationRegistry registry) {
		return (task) -> {
			Observation current = registry.getCurrentObservation();
			return (current != null) ? () -> runWithin(current, task) : task;
		};
	}

	@SuppressWarnings("try") // the scope is only there to be closed
	private static void runWithin(Observation observation, Runnable task) {
		try (Observation.Scope scope = observation.openScope()) {
			task.run();
		}
	}

}
