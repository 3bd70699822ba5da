package io.s3s3.health;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the listeners are still to be told, in its order. One thread at a time tells it; a
 * thread that comes while another one tells leaves the work to that. Thread-safe.
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
	 * Add a notification. Called with the lock held, so that the order is that of what
	 * happened.
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

	// Whoever tells is on its way with a call, which must not fail for it.
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
