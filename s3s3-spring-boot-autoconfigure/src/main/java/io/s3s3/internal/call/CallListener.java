package io.s3s3.internal.call;

import org.jspecify.annotations.Nullable;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryListener;

/**
 * Binds a call to its context and lets it tell its events. Stateless.
 */
final class CallListener implements RetryListener {

	@Override
	public <T, E extends Throwable> boolean open(RetryContext context, RetryCallback<T, E> callback) {
		RoutePolicy.bind(context, (OperationCall) callback);
		return true;
	}

	@Override
	public <T, E extends Throwable> void close(RetryContext context, RetryCallback<T, E> callback,
			@Nullable Throwable throwable) {
		if (throwable != null) {
			((OperationCall) callback).fail();
		}
	}

	@Override
	public <T, E extends Throwable> void onSuccess(RetryContext context, RetryCallback<T, E> callback, T result) {
		((OperationCall) callback).succeeded(result);
	}

}
