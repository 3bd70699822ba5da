package io.s3s3.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.BodyReplayed;
import io.s3s3.event.BodySpooled;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.location.LocationRole;

/**
 * Counts what it takes to send the bodies of uploads again. Thread-safe.
 */
final class UploadMetrics implements RequestListener {

	private final MeterRegistry registry;

	/** Meters by their tags: a look-up in the registry would sort the tags each time. */
	private final Map<Destination, Counter> replayed = new ConcurrentHashMap<>();

	private final Map<String, Counter> spooled = new ConcurrentHashMap<>();

	UploadMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (event instanceof BodyReplayed body) {
			this.replayed
				.computeIfAbsent(new Destination(body.getOperation(), body.getLocation()), this::replayedCounter)
				.increment(body.getBytes());
		}
		else if (event instanceof BodySpooled body) {
			this.spooled.computeIfAbsent(body.getOperation(), this::spooledCounter).increment(body.getBytes());
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == BodyReplayed.class || type == BodySpooled.class;
	}

	private Counter replayedCounter(Destination tags) {
		return Counter.builder(FailoverMetrics.REPLAYED)
			.description("Bytes of bodies that a later attempt of a call sent once more")
			.baseUnit("bytes")
			.tag("operation", tags.operation())
			.tag("location", tags.location().tag())
			.register(this.registry);
	}

	private Counter spooledCounter(String operation) {
		return Counter.builder(FailoverMetrics.SPOOLED)
			.description("Bytes of bodies that were written to a temporary file")
			.baseUnit("bytes")
			.tag("operation", operation)
			.register(this.registry);
	}

	/**
	 * The tags of a counter of bytes that were sent once more.
	 */
	private record Destination(String operation, LocationRole location) {

	}

}
