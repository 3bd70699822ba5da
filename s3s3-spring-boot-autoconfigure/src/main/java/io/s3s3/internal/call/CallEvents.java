package io.s3s3.internal.call;

import java.time.Duration;

import io.s3s3.event.BodyReplayed;
import io.s3s3.event.BodySpooled;
import io.s3s3.event.BytesTransferred;
import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.event.RequestRetried;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;
import io.s3s3.event.S3Call;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Tells a listener what happens to one call. Events that it does not want are not made.
 *
 * @param call the call
 * @param listener who is told
 */
record CallEvents(S3Call call, RequestListener listener) {

	void sent(LocationRole location, int attempt) {
		if (this.listener.wants(RequestSent.class)) {
			this.listener.onRequestEvent(new RequestSent(this.call, location, attempt));
		}
	}

	void received(FailedAttempt attempt, Throwable error) {
		if (this.listener.wants(ErrorReceived.class)) {
			this.listener.onRequestEvent(new ErrorReceived(this.call, attempt, error));
		}
	}

	void received(LocationRole location, @Nullable S3Response response) {
		if (this.listener.wants(ResponseReceived.class)) {
			this.listener.onRequestEvent(new ResponseReceived(this.call, location, response));
		}
	}

	void retried(FailedAttempt attempt, Throwable error, LocationRole next) {
		if (this.listener.wants(RequestRetried.class)) {
			this.listener.onRequestEvent(new RequestRetried(this.call, attempt, error, next));
		}
	}

	// Always told: a listener may give the body anew.
	void failedOver(FailedAttempt attempt, Throwable error, LocationRole next, Invocation invocation) {
		try (BodyReplacement replacement = new BodyReplacement(invocation)) {
			this.listener.onRequestEvent(new RequestFailedOver(this.call, attempt, error, next, replacement));
		}
	}

	void leftBehind(UploadLeftBehind upload) {
		if (this.listener.wants(UploadLeftBehind.class)) {
			this.listener.onRequestEvent(upload);
		}
	}

	void succeeded(LocationRole location, @Nullable S3Response response) {
		if (this.listener.wants(RequestSucceeded.class)) {
			this.listener.onRequestEvent(new RequestSucceeded(this.call, location, response));
		}
	}

	void failed(FailedAttempt attempt, Throwable error) {
		if (this.listener.wants(RequestFailed.class)) {
			this.listener.onRequestEvent(new RequestFailed(this.call, attempt, error));
		}
	}

	void completed(LocationRole location, Duration duration, @Nullable Failure failure) {
		if (this.listener.wants(RequestCompleted.class)) {
			this.listener.onRequestEvent(new RequestCompleted(this.call, location, duration, failure));
		}
	}

	void spooled(long bytes) {
		if (bytes > 0 && this.listener.wants(BodySpooled.class)) {
			this.listener.onRequestEvent(new BodySpooled(this.call, bytes));
		}
	}

	boolean wantReplays() {
		return this.listener.wants(BodyReplayed.class);
	}

	void replayed(LocationRole location, long bytes) {
		if (bytes > 0) {
			this.listener.onRequestEvent(new BodyReplayed(this.call, location, bytes));
		}
	}

	boolean wantBytes() {
		return this.listener.wants(BytesTransferred.class);
	}

	void transferred(LocationRole location, Direction direction, long bytes, long total) {
		this.listener.onRequestEvent(new BytesTransferred(this.call, location, direction, bytes, total));
	}

}
