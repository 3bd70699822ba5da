package io.s3s3.internal.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.s3s3.internal.http.PendingIo.Waiting;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * The time that one request may take until it is answered, whatever it waits for, and how
 * far it has come. What the credentials took is taken off. The thread that makes the
 * request writes it, the watchdog reads it.
 */
final class AnswerBudget {

	private final long allowed;

	private final boolean hasBody;

	/** Written by the thread that makes the request. */
	private long started;

	private volatile Stage stage = Stage.LEASE;

	AnswerBudget(Duration allowed, boolean hasBody) {
		this.allowed = Math.max(1, allowed.toNanos() - CredentialsTime.take());
		this.hasBody = hasBody;
	}

	Waiting begin() {
		Waiting waiting = Waiting.ofCurrentThread(this.allowed, this::exceeded);
		this.started = waiting.since();
		return waiting;
	}

	long left() {
		return this.started + this.allowed - System.nanoTime();
	}

	void cameTo(Stage stage) {
		this.stage = stage;
	}

	/**
	 * Return the exception that says which stage exceeded the budget.
	 */
	IOException exceeded() {
		long millis = Duration.ofNanos(this.allowed).toMillis();
		return switch (this.stage) {
			case LEASE -> new ConnectionRequestTimeoutException("No connection was free within " + millis + " ms");
			case NAME -> new ConnectTimeoutException("The name did not resolve within " + millis + " ms");
			case CONNECTION ->
				this.hasBody ? new ConnectTimeoutException("The body was not asked for within " + millis + " ms")
						: new SocketTimeoutException("No answer within " + millis + " ms");
		};
	}

	/**
	 * Return a collector that notes when a connection was leased: the HTTP client then
	 * reports how long it waited for one.
	 */
	MetricCollector watching(MetricCollector delegate) {
		return new LeaseWatch(delegate);
	}

	/**
	 * What a request waits for.
	 */
	enum Stage {

		/** For a connection of the pool. */
		LEASE,

		/** For the addresses of a name. */
		NAME,

		/** For a connection, TLS, the leave to send a body, or an answer. */
		CONNECTION

	}

	/**
	 * Notes that a connection was leased.
	 */
	private final class LeaseWatch implements MetricCollector {

		private final MetricCollector delegate;

		LeaseWatch(MetricCollector delegate) {
			this.delegate = delegate;
		}

		@Override
		public <T> void reportMetric(SdkMetric<T> metric, T data) {
			if (metric == HttpMetric.CONCURRENCY_ACQUIRE_DURATION) {
				cameTo(Stage.CONNECTION);
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

}
