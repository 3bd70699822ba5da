package io.s3s3.internal.call;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestListener;
import io.s3s3.event.RequestSucceeded;

/**
 * Tells what happens to a part of a call, but not how that part ends: the end is the
 * call's own and told once.
 *
 * @param delegate who listens to the call
 */
record UnfinishedCallListener(RequestListener delegate) implements RequestListener {

	@Override
	public void onRequestEvent(RequestEvent event) {
		this.delegate.onRequestEvent(event);
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type != RequestSucceeded.class && type != RequestFailed.class && type != RequestCompleted.class
				&& this.delegate.wants(type);
	}

}
