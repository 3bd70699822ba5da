package io.s3s3.sample;

import io.s3s3.event.RequestFailedOver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Logs a line per failover, without the key of the object.
 */
@Component
class FailoverLog {

	private static final Log logger = LogFactory.getLog(FailoverLog.class);

	@EventListener
	void onFailover(RequestFailedOver event) {
		logger.warn("%s failed over from %s to %s: %s after %d ms (effect: %s)".formatted(event.getOperation(),
				event.getFrom(), event.getTo(), event.getReason().tag(), event.getDuration().toMillis(),
				event.getEffect()));
	}

}
