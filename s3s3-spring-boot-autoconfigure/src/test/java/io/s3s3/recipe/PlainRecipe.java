package io.s3s3.recipe;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.LocationListener;
import io.s3s3.health.ProbeScheduler;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.metrics.FailoverMetrics;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the page on the use without Spring Boot shows.
 */
class PlainRecipe {

	FailoverS3Client shortest(S3Client eastClient, S3Client westClient) {
		FailoverS3Client s3 = FailoverS3Client.builder()
			.primary(eastClient, "orders-east")
			.secondary(westClient, "orders-west")
			.build();
		return s3;
	}

	FailoverControl probed(S3Client eastClient, S3Client westClient, LocationListener listener) {
		LocationPair pair = new LocationPair(Location.of(LocationRole.PRIMARY, eastClient, "orders-east"),
				Location.of(LocationRole.SECONDARY, westClient, "orders-west"));
		TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of(listener));
		HealthProbe probe = HealthProbe.headBucket(Duration.ofSeconds(2));
		ProbeScheduler scheduler = new ProbeScheduler(director, pair, probe, Thread::new);
		FailoverControl control = FailoverControl.of(director, pair, probe);
		FailoverS3Client s3 = FailoverS3Client.builder().locations(pair).director(director).build();
		scheduler.start(); // stop() it before the clients are closed
		s3.listBuckets();
		return control;
	}

	FailoverS3Template measured(S3Client eastClient, S3Client westClient, MeterRegistry registry) {
		FailoverS3Client s3 = FailoverS3Client.builder()
			.primary(eastClient, "orders-east")
			.secondary(westClient, "orders-west")
			.listener(new FailoverMetrics(registry))
			.build();
		return new FailoverS3Template(s3, null);
	}

}
