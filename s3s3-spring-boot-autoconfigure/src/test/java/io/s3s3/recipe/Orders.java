package io.s3s3.recipe;

import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestFailedOver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Orders {

	private static final Logger logger = LoggerFactory.getLogger(Orders.class);

	private final FailoverS3Template s3;

	Orders(FailoverS3Template s3) {
		this.s3 = s3;
	}

	void save(String id, byte[] document) {
		this.s3.upload("orders/" + id, document);
	}

	@EventListener
	void onFailover(RequestFailedOver event) {
		logger.warn("{} went to {}: {}", event.getOperation(), event.getTo(), event.getReason());
	}

}
