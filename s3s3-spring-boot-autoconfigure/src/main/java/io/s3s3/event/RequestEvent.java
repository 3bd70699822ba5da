package io.s3s3.event;

import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.context.ApplicationEvent;

/**
 * Something that happened to a call. Its {@linkplain #getCall() call} is the same for all
 * events of one call. Events of a blocking call are sent on the thread that makes it.
 * Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class RequestEvent extends ApplicationEvent
		permits ResponseEvent, BytesTransferred, DownloadResumed, FailureEvent, ReadUnproven, RequestCompleted,
		RequestHedged, RequestSent, UploadBound, UploadLeftBehind, WriteBuried, WriteNotReplicated {

	RequestEvent(S3Call call) {
		super(call);
	}

	/**
	 * Return the call that this happened to.
	 * @return the call
	 */
	public S3Call getCall() {
		return (S3Call) getSource();
	}

	/**
	 * Return the name of the operation.
	 * @return the name as in the API of S3, such as {@code PutObject}
	 */
	public String getOperation() {
		return getCall().operation();
	}

	/**
	 * Return the request as the caller made it.
	 * @return the request
	 */
	public S3Request getRequest() {
		return getCall().request();
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[" + getOperation() + describe() + "]";
	}

	/**
	 * Return what else this event tells, without secrets.
	 * @return text that begins with a comma, or an empty one
	 */
	abstract String describe();

}
