package io.s3s3.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;

/**
 * Times calls, and counts failovers and resumed downloads. Thread-safe.
 */
final class CallMetrics implements RequestListener {

	private final MeterRegistry registry;

	/** Meters by their tags, since the registry would sort the tags at each lookup. */
	private final Map<Request, Timer> requests = new ConcurrentHashMap<>();

	private final Map<Failover, Counter> failovers = new ConcurrentHashMap<>();

	private final Map<Resumption, Counter> resumed = new ConcurrentHashMap<>();

	CallMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		if (event instanceof RequestCompleted completed) {
			String outcome = completed.getFailure().map(CallMetrics::outcomeOf).orElse("success");
			this.requests
				.computeIfAbsent(new Request(completed.getOperation(), completed.getLocation(), outcome), this::timer)
				.record(completed.getDuration());
		}
		else if (event instanceof RequestFailedOver over) {
			this.failovers
				.computeIfAbsent(new Failover(over.getOperation(), over.getFrom(), over.getTo(), over.getReason()),
						this::counter)
				.increment();
		}
		else if (event instanceof DownloadResumed download) {
			this.resumed.computeIfAbsent(new Resumption(download.getFrom(), download.getTo()), this::counter)
				.increment();
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == RequestCompleted.class || type == RequestFailedOver.class || type == DownloadResumed.class;
	}

	private static String outcomeOf(Failure failure) {
		return switch (failure.kind()) {
			case EXPECTED, REQUEST, CALLER, CANCELLED -> "rejected";
			default -> "failure";
		};
	}

	private Timer timer(Request tags) {
		return Timer.builder(FailoverMetrics.REQUESTS)
			.description("Calls of S3, all their attempts together")
			.tag("operation", tags.operation())
			.tag("location", tags.location().tag())
			.tag("outcome", tags.outcome())
			.register(this.registry);
	}

	private Counter counter(Failover tags) {
		return Counter.builder(FailoverMetrics.FAILOVERS)
			.description("Calls that moved on to another location")
			.baseUnit("calls")
			.tag("operation", tags.operation())
			.tag("from", tags.from().tag())
			.tag("to", tags.to().tag())
			.tag("reason", tags.reason().tag())
			.register(this.registry);
	}

	private Counter counter(Resumption tags) {
		return Counter.builder(FailoverMetrics.RESUMED)
			.description("Downloads that broke midway and went on with another answer")
			.baseUnit("downloads")
			.tag("from", tags.from().tag())
			.tag("to", tags.to().tag())
			.register(this.registry);
	}

	/**
	 * The tags of a timer.
	 */
	private record Request(String operation, LocationRole location, String outcome) {

	}

	/**
	 * The tags of a counter of resumed downloads.
	 */
	private record Resumption(LocationRole from, LocationRole to) {

	}

	/**
	 * The tags of a counter of failovers.
	 */
	private record Failover(String operation, LocationRole from, LocationRole to, FailureKind reason) {

	}

}
