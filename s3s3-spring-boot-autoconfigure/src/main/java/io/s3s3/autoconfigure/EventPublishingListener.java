package io.s3s3.autoconfigure;

import java.util.Set;

import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.event.UploadBound;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.event.WriteBuried;
import io.s3s3.event.WriteNotReplicated;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events to the application context: failovers, uploads that may have been left
 * behind or are bound, reads that are less than certain, writes that are lost, and those
 * that {@code s3s3.events} asks for.
 */
final class EventPublishingListener implements RequestListener {

	private static final Set<Class<? extends RequestEvent>> ALWAYS = Set.of(RequestFailedOver.class,
			UploadLeftBehind.class, UploadBound.class, ReadUnproven.class, WriteBuried.class, WriteNotReplicated.class);

	private final ApplicationEventPublisher publisher;

	private final PublishedEvent[] events;

	EventPublishingListener(ApplicationEventPublisher publisher, Set<PublishedEvent> events) {
		this.publisher = publisher;
		this.events = events.toArray(PublishedEvent[]::new);
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		this.publisher.publishEvent(event);
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		if (ALWAYS.contains(type)) {
			return true;
		}
		for (PublishedEvent event : this.events) {
			if (event.covers(type)) {
				return true;
			}
		}
		return false;
	}

}
