package io.s3s3.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureKind;

import org.springframework.util.Assert;

/**
 * Times calls, and counts attempts, failovers, and downloads that continued elsewhere.
 * <ul>
 * <li>{@value #REQUESTS}: a timer of whole calls, with the tags {@code operation},
 * {@code location} (the last one tried) and {@code outcome} ({@code success};
 * {@code rejected} if the request itself or the object was the cause; {@code failure} if
 * no location could serve it)</li>
 * <li>{@value #FAILOVERS}: a counter of failovers, with the tags {@code operation},
 * {@code from}, {@code to} and {@code reason} (the {@link FailureKind})</li>
 * <li>{@value #RESUMED}: a counter of downloads that continued with another answer, with
 * the tags {@code from} and {@code to}</li>
 * <li>{@value #ATTEMPTS}: a counter of attempts, with the tags {@code operation},
 * {@code location} and {@code result} ({@code success}, or the {@link FailureKind})</li>
 * <li>{@value #THROTTLES}: a counter of attempts that a location answered by asking for
 * fewer requests, with the tag {@code location}</li>
 * <li>{@value #STALE_READS}: a counter of reads that a location answered without the last
 * write of this process, with the tag {@code verdict} ({@code served-by-writer},
 * {@code refused}, {@code buried}, {@code uncertain})</li>
 * <li>{@value #HEDGES}: a counter of reads whose answer was late, with the tags
 * {@code location} and {@code outcome}, that of a second request ({@code won},
 * {@code lost}, {@code denied})</li>
 * </ul>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FailoverMetrics implements RequestListener {

	/**
	 * The name of the timer of calls: {@value}.
	 */
	public static final String REQUESTS = "s3s3.requests";

	/**
	 * The name of the counter of failovers: {@value}.
	 */
	public static final String FAILOVERS = "s3s3.failovers";

	/**
	 * The name of the counter of downloads that were resumed: {@value}.
	 */
	public static final String RESUMED = "s3s3.downloads.resumed";

	/**
	 * The name of the counter of attempts: {@value}.
	 */
	public static final String ATTEMPTS = "s3s3.attempts";

	/**
	 * The name of the counter of throttles: {@value}.
	 */
	public static final String THROTTLES = "s3s3.throttles";

	/**
	 * The name of the counter of reads that lacked a write of this process: {@value}.
	 */
	public static final String STALE_READS = "s3s3.reads.stale";

	/**
	 * The name of the counter of second requests: {@value}.
	 */
	public static final String HEDGES = "s3s3.hedges";

	private final RequestListener[] meters;

	/**
	 * Create metrics.
	 * @param registry the registry of the meters
	 */
	public FailoverMetrics(MeterRegistry registry) {
		Assert.notNull(registry, "registry is required");
		this.meters = new RequestListener[] { new CallMetrics(registry), new AttemptMetrics(registry),
				new ReadMetrics(registry), new HedgeMetrics(registry) };
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		for (RequestListener listener : this.meters) {
			listener.onRequestEvent(event);
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		for (RequestListener listener : this.meters) {
			if (listener.wants(type)) {
				return true;
			}
		}
		return false;
	}

}
