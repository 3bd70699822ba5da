package io.s3s3.internal.http;

import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * Detects that a connection was leased, as the HTTP client then reports how long it
 * waited for one.
 *
 * @param delegate receives the metrics
 * @param leased called on the thread that makes the request
 */
record LeaseWatch(MetricCollector delegate, Runnable leased) implements MetricCollector {

	@Override
	public <T> void reportMetric(SdkMetric<T> metric, T data) {
		if (metric == HttpMetric.CONCURRENCY_ACQUIRE_DURATION) {
			this.leased.run();
		}
		this.delegate.reportMetric(metric, data);
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

	@Override
	public MetricCollector createChild(String name) {
		return this.delegate.createChild(name);
	}

	@Override
	public MetricCollection collect() {
		return this.delegate.collect();
	}

}
