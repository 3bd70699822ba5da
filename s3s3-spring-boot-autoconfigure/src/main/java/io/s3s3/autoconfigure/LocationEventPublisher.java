package io.s3s3.autoconfigure;

import java.time.Instant;

import io.s3s3.event.AllLocationsOut;
import io.s3s3.event.FailbackProgressed;
import io.s3s3.event.LocationAvailableAgain;
import io.s3s3.event.LocationStatusChanged;
import io.s3s3.event.TrafficSwitched;
import io.s3s3.health.FailbackProgress;
import io.s3s3.health.LocationListener;
import io.s3s3.health.LocationTransition;
import io.s3s3.health.TrafficSwitch;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what becomes of the locations to the application context.
 */
final class LocationEventPublisher implements LocationListener {

	private final ApplicationEventPublisher publisher;

	LocationEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onStatusChanged(LocationTransition transition) {
		this.publisher.publishEvent(new LocationStatusChanged(transition));
	}

	@Override
	public void onTrafficSwitched(TrafficSwitch trafficSwitch) {
		this.publisher.publishEvent(new TrafficSwitched(trafficSwitch));
	}

	@Override
	public void onFailbackProgressed(FailbackProgress progress) {
		this.publisher.publishEvent(new FailbackProgressed(progress));
	}

	@Override
	public void onAllLocationsOut(Instant time) {
		this.publisher.publishEvent(new AllLocationsOut(time));
	}

	@Override
	public void onLocationAvailableAgain(Instant since, Instant time) {
		this.publisher.publishEvent(new LocationAvailableAgain(since, time));
	}

}
