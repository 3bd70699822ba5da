package io.s3s3.health;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications that listeners have not received yet, in order. One thread at a time
 * delivers them; a thread that comes while another one is delivering leaves the work to
 * it. Thread-safe.
 */
final class ListenerQueue {

	private static final Logger logger = LoggerFactory.getLogger(ListenerQueue.class);

	private final List<LocationListener> listeners;

	private final Queue<Consumer<LocationListener>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger untold = new AtomicInteger();

	ListenerQueue(List<? extends LocationListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	void add(LocationEvent event) {
		add((listener) -> listener.onLocationEvent(event));
	}

	/**
	 * Add a notification. Called with the lock held, so that notifications are in the
	 * order of what happened.
	 */
	void add(Consumer<LocationListener> notification) {
		this.waiting.add(notification);
	}

	// Called without the lock.
	void tell() {
		if (this.waiting.isEmpty() || this.untold.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			tellWaiting();
			seen = this.untold.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void tellWaiting() {
		for (Consumer<LocationListener> next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			tellAll(next);
		}
	}

	// The delivering thread is making a call, which must not fail because of a listener.
	private void tellAll(Consumer<LocationListener> notification) {
		for (LocationListener listener : this.listeners) {
			try {
				notification.accept(listener);
			}
			catch (Throwable ex) {
				logger.warn("A listener of the locations failed; they are not affected", ex);
			}
		}
	}

}
