package io.s3s3.event;

import java.util.List;
import java.util.function.Consumer;

/**
 * Receives what happens to requests. A listener is called on the thread that makes the
 * call or reads its stream, and for parts of a large object also on the threads that
 * transfer them, so possibly by many threads at once. What it throws is logged and
 * otherwise ignored.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestListener {

	/**
	 * Called when something happened.
	 * @param event what happened
	 */
	void onRequestEvent(RequestEvent event);

	/**
	 * Return whether this listener wants a type of event; events that nobody wants are
	 * not created. The answer must always be the same.
	 * @param type the type of event
	 * @return whether it wants them
	 */
	default boolean wants(Class<? extends RequestEvent> type) {
		return true;
	}

	/**
	 * Create a listener that calls others in order, whatever any of them throws.
	 * @param listeners the listeners, in order
	 * @return the listener
	 */
	static RequestListener composite(List<? extends RequestListener> listeners) {
		return new CompositeRequestListener(listeners);
	}

	/**
	 * Create a listener for one type of event.
	 * @param <E> the type of event
	 * @param type the type of event, or {@link RequestEvent} for all of them
	 * @param consumer what to do with an event
	 * @return the listener
	 */
	static <E extends RequestEvent> RequestListener of(Class<E> type, Consumer<? super E> consumer) {
		return new TypedRequestListener<>(type, consumer);
	}

}
