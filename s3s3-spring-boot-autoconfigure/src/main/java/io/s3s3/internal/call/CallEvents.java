package io.s3s3.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.event.RequestListener;
import io.s3s3.event.RequestRetried;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;
import io.s3s3.event.S3Call;
import io.s3s3.event.UploadBound;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.event.WriteBuried;
import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.internal.hedge.Hedge;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Sends a listener the events of one call. Events that it does not want are not created.
 *
 * @param call the call
 * @param listener receives the events
 * @param whole whether the end of the call is an event, unlike that of a part
 */
public record CallEvents(S3Call call, RequestListener listener, boolean whole) {

	CallEvents ofPart() {
		return this.whole ? new CallEvents(this.call, this.listener, false) : this;
	}

	private boolean wantEnd(Class<? extends RequestEvent> type) {
		return this.whole && this.listener.wants(type);
	}

	void sent(LocationRole location, int attempt) {
		if (this.listener.wants(RequestSent.class)) {
			this.listener.onRequestEvent(new RequestSent(this.call, location, attempt));
		}
	}

	/**
	 * Report the error of an attempt.
	 * @param attempt the attempt
	 * @param error the error
	 */
	public void received(FailedAttempt attempt, Throwable error) {
		if (this.listener.wants(ErrorReceived.class)) {
			this.listener.onRequestEvent(new ErrorReceived(this.call, attempt, error));
		}
	}

	void received(LocationRole location, @Nullable S3Response response) {
		if (this.listener.wants(ResponseReceived.class)) {
			this.listener.onRequestEvent(new ResponseReceived(this.call, location, response));
		}
	}

	/**
	 * Report that a broken download continues with another answer.
	 * @param from where it broke
	 * @param to where the rest comes from
	 * @param position how many bytes had arrived
	 * @param length how many there are
	 */
	public void resumed(LocationRole from, LocationRole to, long position, long length) {
		if (this.listener.wants(DownloadResumed.class)) {
			this.listener.onRequestEvent(new DownloadResumed(this.call, from, to, position, length));
		}
	}

	void retried(FailedAttempt attempt, Throwable error, LocationRole next) {
		if (this.listener.wants(RequestRetried.class)) {
			this.listener.onRequestEvent(new RequestRetried(this.call, attempt, error, next));
		}
	}

	/**
	 * Report a failover, whether or not it is wanted, since a listener may supply another
	 * body.
	 */
	void failedOver(FailedAttempt attempt, Throwable error, LocationRole next, CallKind kind) {
		try (BodyReplacement replacement = new BodyReplacement(kind)) {
			this.listener.onRequestEvent(new RequestFailedOver(this.call, attempt, error, next, replacement));
		}
	}

	/**
	 * Return the event of an upload that may have begun.
	 * @param location the location that was asked to begin it
	 * @param ago how long ago
	 */
	UploadLeftBehind uploadLeftBehind(Location location, Duration ago) {
		Instant time = Instant.now().minus(ago).truncatedTo(ChronoUnit.MILLIS);
		return new UploadLeftBehind(this.call, location.role(), location.bucket(), time);
	}

	void leftBehind(UploadLeftBehind upload) {
		if (this.listener.wants(UploadLeftBehind.class)) {
			this.listener.onRequestEvent(upload);
		}
	}

	/**
	 * Report that an upload cannot continue elsewhere any more.
	 * @param reason why
	 */
	public void bound(String reason) {
		if (this.listener.wants(UploadBound.class)) {
			this.listener.onRequestEvent(new UploadBound(this.call, reason));
		}
	}

	/**
	 * Report that the answer of an attempt was late, if it was.
	 * @param location where it was made
	 * @param hedge the outcome of the second request
	 */
	void hedged(LocationRole location, Hedge hedge) {
		Outcome outcome = switch (hedge.state()) {
			case UNUSED -> null;
			case DENIED -> Outcome.DENIED;
			case LOST -> Outcome.LOST;
			case WON -> Outcome.WON;
		};
		if (outcome != null && this.listener.wants(RequestHedged.class)) {
			LocationRole second = (hedge.rival() != null) ? location.other() : location;
			this.listener.onRequestEvent(new RequestHedged(this.call, location, second, outcome, hedge.delay()));
		}
	}

	void readUnproven(LocationRole location) {
		if (this.listener.wants(ReadUnproven.class)) {
			this.listener.onRequestEvent(new ReadUnproven(this.call, location));
		}
	}

	void writeBuried(LocationRole location) {
		if (this.listener.wants(WriteBuried.class)) {
			this.listener.onRequestEvent(new WriteBuried(this.call, location));
		}
	}

	/**
	 * Report that the call has succeeded, unless it is a part.
	 * @param location the location that answered
	 * @param response its answer
	 */
	void succeeded(LocationRole location, @Nullable S3Response response) {
		if (wantEnd(RequestSucceeded.class)) {
			this.listener.onRequestEvent(new RequestSucceeded(this.call, location, response));
		}
	}

	/**
	 * Report that the call has failed, unless it is a part.
	 * @param attempt the attempt that it failed with
	 * @param error the error
	 */
	void failed(FailedAttempt attempt, Throwable error) {
		if (wantEnd(RequestFailed.class)) {
			this.listener.onRequestEvent(new RequestFailed(this.call, attempt, error));
		}
	}

	/**
	 * Report that the call has ended, unless it is a part.
	 * @param location the location that it ended with
	 * @param duration how long it took
	 * @param failure how it failed, or {@code null} if it succeeded
	 * @param failed the attempts that failed
	 */
	void completed(LocationRole location, Duration duration, @Nullable Failure failure, List<FailedAttempt> failed) {
		if (wantEnd(RequestCompleted.class)) {
			this.listener.onRequestEvent(new RequestCompleted(this.call, location, duration, failure, failed));
		}
	}

	boolean wantBytes() {
		return this.listener.wants(BytesTransferred.class);
	}

	void transferred(LocationRole location, Direction direction, long bytes, long total) {
		this.listener.onRequestEvent(new BytesTransferred(this.call, location, direction, bytes, total));
	}

}
