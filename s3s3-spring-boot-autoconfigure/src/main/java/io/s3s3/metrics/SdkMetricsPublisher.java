package io.s3s3.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * Publishes some of the metrics that the AWS SDK collects for the client of a location,
 * as meters with the tag {@code location}.
 * <ul>
 * <li>{@value #CALLS}: a timer of calls of the client, including its own retries, with
 * the tags {@code operation} and {@code outcome} ({@code success}, {@code failure})</li>
 * <li>{@value #REQUESTS}: a timer of HTTP requests that were answered, with the tags
 * {@code operation} and {@code status}</li>
 * <li>{@value #RETRIES}: a counter of the client's own retries, with the tag
 * {@code operation}</li>
 * <li>{@value #WAITS}: a timer of waits for a connection</li>
 * <li>{@value #CONNECTIONS}: a gauge of the connections at the last request, with the tag
 * {@code state} ({@code leased}, {@code available}, {@code pending})</li>
 * </ul>
 * Thread-safe.
 */
final class SdkMetricsPublisher implements MetricPublisher {

	/**
	 * The name of the timer of calls of the client: {@value}.
	 */
	static final String CALLS = "s3s3.sdk.calls";

	/**
	 * The name of the timer of HTTP requests: {@value}.
	 */
	static final String REQUESTS = "s3s3.sdk.requests";

	/**
	 * The name of the counter of the client's own retries: {@value}.
	 */
	static final String RETRIES = "s3s3.sdk.retries";

	/**
	 * The name of the timer of waits for a connection: {@value}.
	 */
	static final String WAITS = "s3s3.sdk.connection.waits";

	/**
	 * The name of the gauge of connections: {@value}.
	 */
	static final String CONNECTIONS = "s3s3.sdk.connections";

	private final LocationRole location;

	private final MeterRegistry registry;

	/** The last value of each state, since a registry references it only weakly. */
	private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();

	SdkMetricsPublisher(LocationRole location, MeterRegistry registry) {
		this.location = location;
		this.registry = registry;
	}

	@Override
	public void publish(MetricCollection call) {
		String operation = value(call, CoreMetric.OPERATION_NAME, "none");
		Duration duration = value(call, CoreMetric.API_CALL_DURATION);
		if (duration != null) {
			String outcome = value(call, CoreMetric.API_CALL_SUCCESSFUL, false) ? "success" : "failure";
			timer(CALLS, "Calls of the client of a location, its own retries included", "operation", operation,
					"outcome", outcome)
				.record(duration);
		}
		retries(operation).increment(value(call, CoreMetric.RETRY_COUNT, 0));
		call.children().forEach((request) -> publishRequest(operation, request));
	}

	@Override
	public void close() {
	}

	private void publishRequest(String operation, MetricCollection request) {
		Duration duration = value(request, CoreMetric.SERVICE_CALL_DURATION);
		if (duration != null) {
			Integer status = value(request, HttpMetric.HTTP_STATUS_CODE);
			timer(REQUESTS, "Answered HTTP requests of the client of a location", "operation", operation, "status",
					(status != null) ? status.toString() : "none")
				.record(duration);
		}
		request.children().forEach(this::publishConnections);
	}

	private void publishConnections(MetricCollection http) {
		Duration wait = value(http, HttpMetric.CONCURRENCY_ACQUIRE_DURATION);
		if (wait != null) {
			timer(WAITS, "Waits for a connection to a location").record(wait);
		}
		gauge("leased", value(http, HttpMetric.LEASED_CONCURRENCY));
		gauge("available", value(http, HttpMetric.AVAILABLE_CONCURRENCY));
		gauge("pending", value(http, HttpMetric.PENDING_CONCURRENCY_ACQUIRES));
	}

	private Timer timer(String name, String description, String... tags) {
		return Timer.builder(name)
			.description(description)
			.tags(tags)
			.tag("location", this.location.tag())
			.register(this.registry);
	}

	private Counter retries(String operation) {
		return Counter.builder(RETRIES)
			.description("Retries of the client of a location")
			.baseUnit("retries")
			.tag("operation", operation)
			.tag("location", this.location.tag())
			.register(this.registry);
	}

	private void gauge(String state, @Nullable Integer figure) {
		if (figure != null) {
			this.connections.computeIfAbsent(state, this::connectionGauge).set(figure);
		}
	}

	private AtomicInteger connectionGauge(String state) {
		AtomicInteger figure = new AtomicInteger();
		Gauge.builder(CONNECTIONS, figure, AtomicInteger::get)
			.description("Connections to a location at the last request")
			.baseUnit("connections")
			.tag("state", state)
			.tag("location", this.location.tag())
			.register(this.registry);
		return figure;
	}

	private static <T> @Nullable T value(MetricCollection metrics, SdkMetric<T> metric) {
		List<T> values = metrics.metricValues(metric);
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	private static <T> T value(MetricCollection metrics, SdkMetric<T> metric, T otherwise) {
		T value = value(metrics, metric);
		return (value != null) ? value : otherwise;
	}

}
