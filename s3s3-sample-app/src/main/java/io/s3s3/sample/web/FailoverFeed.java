package io.s3s3.sample.web;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.s3s3.event.RequestFailedOver;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Remembers the latest {@value #CAPACITY} failovers and tells subscribers of new ones.
 * Thread-safe.
 */
@Component
class FailoverFeed implements DisposableBean {

	static final int CAPACITY = 100;

	private static final Duration SUBSCRIPTION = Duration.ofMinutes(30);

	/** Guarded by "this". */
	private final Deque<FailoverEntry> entries = new ArrayDeque<>();

	/** Guarded by "this". */
	private long count;

	private final Set<SseEmitter> subscribers = ConcurrentHashMap.newKeySet();

	/** Keeps a slow subscriber from slowing down the S3 call that failed over. */
	private final ExecutorService sender = Executors.newSingleThreadExecutor();

	/**
	 * Return the failovers that are remembered.
	 * @return the failovers, the latest first
	 */
	synchronized List<FailoverEntry> latest() {
		return List.copyOf(this.entries);
	}

	/**
	 * Subscribe to the failovers to come, as server-sent events. A browser subscribes
	 * anew when the subscription ends.
	 * @return the subscription
	 */
	SseEmitter subscribe() {
		SseEmitter subscriber = new SseEmitter(SUBSCRIPTION.toMillis());
		subscriber.onTimeout(subscriber::complete);
		subscriber.onCompletion(() -> this.subscribers.remove(subscriber));
		this.subscribers.add(subscriber);
		// The first bytes tell the browser that it is connected.
		this.sender.execute(() -> send(subscriber, SseEmitter.event().comment("subscribed")));
		return subscriber;
	}

	@EventListener
	void onFailover(RequestFailedOver event) {
		FailoverEntry entry = remember(event);
		this.sender.execute(() -> this.subscribers.forEach((subscriber) -> send(subscriber,
				SseEmitter.event().name("RequestFailedOver").id(Long.toString(entry.id())).data(entry))));
	}

	// Before the web server waits for requests that are still running.
	@EventListener
	void onClose(ContextClosedEvent event) {
		this.subscribers.forEach(SseEmitter::complete);
	}

	@Override
	public void destroy() {
		this.sender.shutdownNow();
	}

	private synchronized FailoverEntry remember(RequestFailedOver event) {
		FailoverEntry entry = FailoverEntry.of(++this.count, event);
		this.entries.addFirst(entry);
		if (this.entries.size() > CAPACITY) {
			this.entries.removeLast();
		}
		return entry;
	}

	private void send(SseEmitter subscriber, SseEmitter.SseEventBuilder event) {
		try {
			subscriber.send(event);
		}
		catch (IOException | IllegalStateException ex) {
			// It went away, which also ends the subscription.
			this.subscribers.remove(subscriber);
		}
	}

}
