package io.s3s3.sample.web;

import java.time.Instant;

import io.s3s3.event.RequestFailedOver;

/**
 * A failover, as it is shown.
 *
 * @param id counts the failovers, from 1
 * @param time when it happened
 * @param operation the S3 operation, such as {@code PutObject}
 * @param from the location that failed
 * @param to the location that the call went to next
 * @param reason the kind of failure
 * @param effect what the failed attempt may have done
 * @param milliseconds how long the failed attempt took
 */
record FailoverEntry(long id, Instant time, String operation, String from, String to, String reason, String effect,
		long milliseconds) {

	static FailoverEntry of(long id, RequestFailedOver event) {
		return new FailoverEntry(id, Instant.ofEpochMilli(event.getTimestamp()), event.getOperation(),
				event.getFrom().tag(), event.getTo().tag(), event.getReason().tag(), event.getEffect().name(),
				event.getDuration().toMillis());
	}

}
