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

import org.springframework.util.Assert;

/**
 * Counts attempts.
 * <ul>
 * <li>{@value #ATTEMPTS}: a counter of attempts, with the tags {@code operation},
 * {@code location} and {@code result} ({@code success}, or the {@link FailureKind})</li>
 * <li>{@value #THROTTLES}: a counter of attempts that a location answered by asking for
 * fewer requests, with the tag {@code location}</li>
 * </ul>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class AttemptMetrics implements RequestListener {

	/**
	 * The name of the counter of attempts: {@value}.
	 */
	public static final String ATTEMPTS = "s3s3.attempts";

	/**
	 * The name of the counter of throttles: {@value}.
	 */
	public static final String THROTTLES = "s3s3.throttles";

	private final MeterRegistry registry;

	/** Meters by their tags: a look-up in the registry would sort the tags each time. */
	private final Map<Attempt, Counter> attempts = new ConcurrentHashMap<>();

	private final Map<LocationRole, Counter> throttles = new ConcurrentHashMap<>();

	/**
	 * Create metrics.
	 * @param registry where the meters go
	 */
	public AttemptMetrics(MeterRegistry registry) {
		Assert.notNull(registry, "registry is required");
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
		return Counter.builder(ATTEMPTS)
			.description("Attempts of calls at a location")
			.baseUnit("attempts")
			.tag("operation", tags.operation())
			.tag("location", tags.location().tag())
			.tag("result", tags.result())
			.register(this.registry);
	}

	private Counter throttleCounter(LocationRole location) {
		return Counter.builder(THROTTLES)
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
