package io.s3s3.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.event.WriteBuried;
import io.s3s3.failure.FailureKind;

/**
 * Counts reads that a location answered without a write of this process. Thread-safe.
 */
final class ReadMetrics implements RequestListener {

	private final MeterRegistry registry;

	private final Map<String, Counter> reads = new ConcurrentHashMap<>();

	ReadMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (event instanceof ReadUnproven) {
			count("uncertain");
		}
		else if (event instanceof WriteBuried) {
			count("buried");
		}
		else if (event instanceof RequestCompleted completed && !completed.getFailedAttempts().isEmpty()) {
			boolean stale = completed.getFailedAttempts()
				.stream()
				.anyMatch((attempt) -> attempt.failure().kind() == FailureKind.STALE);
			if (stale && completed.getFailure().isEmpty()) {
				count("served-by-writer");
			}
			else if (stale) {
				count("refused");
			}
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == ReadUnproven.class || type == WriteBuried.class || type == RequestCompleted.class;
	}

	private void count(String verdict) {
		this.reads.computeIfAbsent(verdict, this::counter).increment();
	}

	private Counter counter(String verdict) {
		return Counter.builder(FailoverMetrics.STALE_READS)
			.description("Reads that a location answered without the last write of this process")
			.baseUnit("reads")
			.tag("verdict", verdict)
			.register(this.registry);
	}

}
