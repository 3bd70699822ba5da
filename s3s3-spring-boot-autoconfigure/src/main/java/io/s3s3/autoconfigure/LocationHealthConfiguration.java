package io.s3s3.autoconfigure;

import java.util.concurrent.ThreadFactory;

import io.s3s3.autoconfigure.S3s3Properties.CanaryProperties;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.LocationEvent;
import io.s3s3.health.LocationListener;
import io.s3s3.health.ProbeScheduler;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Canary;
import io.s3s3.location.LocationPair;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Configures what watches the health of the locations and directs the traffic
 * accordingly.
 */
@Configuration(proxyBeanMethods = false)
final class LocationHealthConfiguration {

	@Bean
	LocationListener locationEventPublisher(ApplicationEventPublisher publisher) {
		return new LocationListener() {

			@Override
			public void onLocationEvent(LocationEvent event) {
				publisher.publishEvent(event);
			}

		};
	}

	@Bean
	@ConditionalOnMissingBean
	TrafficDirector trafficDirector(S3s3Properties properties, ObjectProvider<LocationListener> listeners) {
		return new TrafficDirector(HealthSettingsMapper.settings(properties), listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	HealthProbe locationHealthProbe(S3s3Properties properties) {
		return HealthSettingsMapper.healthProbe(properties.probe());
	}

	@Bean
	@ConditionalOnMissingBean
	FailoverControl failoverControl(TrafficDirector director, LocationPair pair, HealthProbe probe) {
		return FailoverControl.of(director, pair, probe);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "s3s3.probe.enabled", matchIfMissing = true)
	ProbeScheduler probeScheduler(TrafficDirector director, LocationPair pair, HealthProbe probe,
			Environment environment) {
		return new ProbeScheduler(director, pair, probe, threadFactory(environment));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("s3s3.consistency.canary.key")
	@SuppressWarnings("NullAway") // there is one
	Canary replicationCanary(LocationPair pair, TrafficDirector director, S3s3Properties properties) {
		CanaryProperties canary = properties.consistency().canary();
		return InvalidProperties.named(() -> new Canary(pair, director, canary.key(), canary.interval()));
	}

	private static ThreadFactory threadFactory(Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor().getVirtualThreadFactory();
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory();
		threads.setDaemon(true);
		return threads;
	}

}
