package io.s3s3.event;

import java.util.function.Consumer;

import org.springframework.util.Assert;

/**
 * A listener for one type of event.
 *
 * @param <E> the type of event
 */
final class TypedRequestListener<E extends RequestEvent> implements RequestListener {

	private final Class<E> type;

	private final Consumer<? super E> consumer;

	TypedRequestListener(Class<E> type, Consumer<? super E> consumer) {
		Assert.notNull(type, "type is required");
		Assert.notNull(consumer, "consumer is required");
		this.type = type;
		this.consumer = consumer;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (this.type.isInstance(event)) {
			this.consumer.accept(this.type.cast(event));
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return this.type.isAssignableFrom(type);
	}

}
