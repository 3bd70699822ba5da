package io.s3s3.event;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls several listeners in order, whatever any of them throws. Immutable.
 */
final class CompositeRequestListener implements RequestListener {

	private static final Logger logger = LoggerFactory.getLogger(CompositeRequestListener.class);

	/** An array, because it is iterated several times per call. */
	private final RequestListener[] listeners;

	CompositeRequestListener(List<? extends RequestListener> listeners) {
		this.listeners = List.copyOf(listeners).toArray(RequestListener[]::new);
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		for (RequestListener listener : this.listeners) {
			if (wants(listener, event.getClass())) {
				tell(listener, event);
			}
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		for (RequestListener listener : this.listeners) {
			if (wants(listener, type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean wants(RequestListener listener, Class<? extends RequestEvent> type) {
		try {
			return listener.wants(type);
		}
		catch (Exception | AssertionError | LinkageError ex) {
			logger.warn("A listener does not say whether it wants {}; the request is not affected",
					type.getSimpleName(), ex);
			return false;
		}
	}

	private static void tell(RequestListener listener, RequestEvent event) {
		try {
			listener.onRequestEvent(event);
		}
		catch (Exception | AssertionError | LinkageError ex) {
			logger.warn("A listener failed on {}; the request is not affected", event, ex);
		}
	}

}
