package io.s3s3.autoconfigure;

import io.s3s3.health.LocationEvent;
import io.s3s3.health.LocationListener;

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
	public void onLocationEvent(LocationEvent event) {
		this.publisher.publishEvent(event);
	}

}
