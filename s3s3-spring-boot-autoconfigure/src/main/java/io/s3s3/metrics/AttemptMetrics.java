package io.s3s3.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.event.ResponseReceived;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;

/**
 * Counts attempts. Thread-safe.
 */
final class AttemptMetrics implements RequestListener {

	private final MeterRegistry registry;

	/** Meters by their tags, since the registry would sort the tags at each lookup. */
	private final Map<Attempt, Counter> attempts = new ConcurrentHashMap<>();

	private final Map<LocationRole, Counter> throttles = new ConcurrentHashMap<>();

	AttemptMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (event instanceof ResponseReceived response) {
			count(new Attempt(response.getOperation(), response.getLocation(), "success"));
		}
		else if (event instanceof ErrorReceived error) {
			FailureKind kind = error.getFailure().kind();
			count(new Attempt(error.getOperation(), error.getLocation(), kind.tag()));
			if (kind == FailureKind.THROTTLED) {
				this.throttles.computeIfAbsent(error.getLocation(), this::throttleCounter).increment();
			}
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == ResponseReceived.class || type == ErrorReceived.class;
	}

	private void count(Attempt attempt) {
		this.attempts.computeIfAbsent(attempt, this::attemptCounter).increment();
	}

	private Counter attemptCounter(Attempt tags) {
		return Counter.builder(FailoverMetrics.ATTEMPTS)
			.description("Attempts of calls at a location")
			.baseUnit("attempts")
			.tag("operation", tags.operation())
			.tag("location", tags.location().tag())
			.tag("result", tags.result())
			.register(this.registry);
	}

	private Counter throttleCounter(LocationRole location) {
		return Counter.builder(FailoverMetrics.THROTTLES)
			.description("Attempts that a location answered by asking for fewer requests")
			.baseUnit("attempts")
			.tag("location", location.tag())
			.register(this.registry);
	}

	/**
	 * The tags of a counter.
	 */
	private record Attempt(String operation, LocationRole location, String result) {

	}

}
