package io.s3s3.sample.web;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.sample.SampleProperties;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Remembers the latest {@value #CAPACITY} failovers and notifies subscribers of new ones.
 * Thread-safe.
 */
@Component
class FailoverFeed implements DisposableBean {

	static final int CAPACITY = 100;

	private static final long HEARTBEAT = 15;

	/** Guarded by "this". */
	private final Deque<FailoverEntry> entries = new ArrayDeque<>();

	/** Guarded by "this". */
	private long count;

	private final int maxSubscribers;

	/** Additions guarded by "this". */
	private final Set<FailoverSubscription> subscribers = ConcurrentHashMap.newKeySet();

	/** Keeps a slow subscriber from slowing down the S3 call that failed over. */
	private final ExecutorService sender = Executors.newCachedThreadPool();

	FailoverFeed(SampleProperties properties) {
		this.maxSubscribers = properties.maxSubscribers();
	}

	/**
	 * Return the failovers that are remembered.
	 * @return the failovers, the latest first
	 */
	synchronized List<FailoverEntry> latest() {
		return List.copyOf(this.entries);
	}

	/**
	 * Subscribe to the failovers to come, as server-sent events. A browser subscribes
	 * again when the subscription ends.
	 * @return the subscription
	 */
	synchronized SseEmitter subscribe() {
		if (this.subscribers.size() >= this.maxSubscribers) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"There are %d subscribers already, see sample.max-subscribers".formatted(this.maxSubscribers));
		}
		FailoverSubscription subscriber = new FailoverSubscription(this.count, this::since);
		subscriber.emitter().onTimeout(subscriber.emitter()::complete);
		subscriber.emitter().onCompletion(() -> this.subscribers.remove(subscriber));
		this.subscribers.add(subscriber);
		wakeUp(subscriber);
		return subscriber.emitter();
	}

	@EventListener
	void onFailover(RequestFailedOver event) {
		remember(event);
		this.subscribers.forEach(this::wakeUp);
	}

	/**
	 * Find out which subscribers are gone.
	 */
	@Scheduled(fixedDelay = HEARTBEAT, timeUnit = TimeUnit.SECONDS)
	void checkSubscribers() {
		this.subscribers.forEach(this::wakeUp);
	}

	int subscribers() {
		return this.subscribers.size();
	}

	// Before the web server waits for requests that are still running.
	@EventListener
	void onClose(ContextClosedEvent event) {
		this.subscribers.forEach((subscriber) -> subscriber.emitter().complete());
	}

	@Override
	public void destroy() {
		this.sender.shutdownNow();
	}

	private void wakeUp(FailoverSubscription subscriber) {
		subscriber.wakeUp(this.sender, () -> this.subscribers.remove(subscriber));
	}

	private synchronized List<FailoverEntry> since(long id) {
		return this.entries.stream()
			.filter((entry) -> entry.id() > id)
			.sorted(Comparator.comparingLong(FailoverEntry::id))
			.toList();
	}

	private synchronized void remember(RequestFailedOver event) {
		this.entries.addFirst(FailoverEntry.of(++this.count, event));
		if (this.entries.size() > CAPACITY) {
			this.entries.removeLast();
		}
	}

}
