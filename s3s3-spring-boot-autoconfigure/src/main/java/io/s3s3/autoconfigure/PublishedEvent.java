package io.s3s3.autoconfigure;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestRetried;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;

/**
 * An event that is published to the application context only on request.
 *
 * @since 0.1.0
 */
public enum PublishedEvent {

	/**
	 * {@link RequestSent}.
	 */
	REQUEST_SENT(RequestSent.class),

	/**
	 * {@link RequestRetried}.
	 */
	REQUEST_RETRIED(RequestRetried.class),

	/**
	 * {@link ErrorReceived}.
	 */
	ERROR_RECEIVED(ErrorReceived.class),

	/**
	 * {@link ResponseReceived}.
	 */
	RESPONSE_RECEIVED(ResponseReceived.class),

	/**
	 * {@link BytesTransferred}, about ten per second for each transfer of a body.
	 */
	BYTES_TRANSFERRED(BytesTransferred.class),

	/**
	 * {@link DownloadResumed}.
	 */
	DOWNLOAD_RESUMED(DownloadResumed.class),

	/**
	 * {@link RequestHedged}.
	 */
	REQUEST_HEDGED(RequestHedged.class),

	/**
	 * {@link RequestSucceeded}.
	 */
	REQUEST_SUCCEEDED(RequestSucceeded.class),

	/**
	 * {@link RequestFailed}.
	 */
	REQUEST_FAILED(RequestFailed.class),

	/**
	 * {@link RequestCompleted}.
	 */
	REQUEST_COMPLETED(RequestCompleted.class),

	/**
	 * All of them.
	 */
	ALL(RequestEvent.class);

	private final Class<? extends RequestEvent> type;

	PublishedEvent(Class<? extends RequestEvent> type) {
		this.type = type;
	}

	boolean covers(Class<? extends RequestEvent> type) {
		return this.type.isAssignableFrom(type);
	}

}
