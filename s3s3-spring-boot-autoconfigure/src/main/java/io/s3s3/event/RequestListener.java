package io.s3s3.event;

import java.util.List;
import java.util.function.Consumer;

/**
 * Receives what happens to requests. A listener is called on the thread that makes the
 * call or reads its stream, for parts of a large object also on those that move them,
 * possibly by many threads at once; what it throws is logged and changes nothing.
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
	 * not made. The answer must always be the same.
	 * @param type the type of event
	 * @return whether it does
	 */
	default boolean wants(Class<? extends RequestEvent> type) {
		return true;
	}

	/**
	 * Create a listener that calls others, each in its turn, whatever another one throws.
	 * @param listeners the listeners, in their order
	 * @return the listener
	 */
	static RequestListener composite(List<? extends RequestListener> listeners) {
		return new CompositeRequestListener(listeners);
	}

	/**
	 * Create a listener for one type of event.
	 * @param <E> the type of event
	 * @param type the type of event, {@link RequestEvent} for all of them
	 * @param consumer what to do with an event
	 * @return the listener
	 */
	static <E extends RequestEvent> RequestListener of(Class<E> type, Consumer<? super E> consumer) {
		return new TypedRequestListener<>(type, consumer);
	}

}
