package io.s3s3.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestListener;

/**
 * Counts reads whose answer was late. Thread-safe.
 */
final class HedgeMetrics implements RequestListener {

	private final MeterRegistry registry;

	HedgeMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (event instanceof RequestHedged hedged) {
			Counter.builder(FailoverMetrics.HEDGES)
				.description("Reads that were sent a second time since their answer was late, or would have been")
				.baseUnit("requests")
				.tag("location", hedged.getLocation().tag())
				.tag("outcome", hedged.getOutcome().tag())
				.register(this.registry)
				.increment();
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == RequestHedged.class;
	}

}
