package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;

import io.s3s3.event.S3Call;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.CallScope;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.io.CapturedContext;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import org.jspecify.annotations.Nullable;

/**
 * A call and its parts, as the asynchronous driver makes them. Thread-safe.
 *
 * @param clients the clients of the locations
 * @param workers the threads that may block
 * @param scope what the parts share
 * @param context the context of the thread that made the call
 * @param cancelled completes when the caller gives up
 */
record AsyncCall(AsyncClients clients, Workers workers, CallScope scope, CapturedContext context,
		CompletableFuture<Void> cancelled) {

	/**
	 * Make the call as a whole.
	 * @param invocation what to do at a location
	 * @return what the client of the location that served it returned
	 */
	CompletableFuture<@Nullable Object> run(AsyncInvocation invocation) {
		Route route = router().route(call().operation(), call().request());
		return run(invocation, new CallExecution(this.scope, invocation, route));
	}

	CompletableFuture<@Nullable Object> run(AsyncInvocation invocation, CallExecution execution) {
		return run(invocation, execution, this.cancelled);
	}

	/**
	 * Make a part of the call.
	 * @param invocation what to do at a location
	 * @param execution where it goes
	 * @param cancelled completes when the caller gives up on the part
	 */
	CompletableFuture<@Nullable Object> run(AsyncInvocation invocation, CallExecution execution,
			CompletableFuture<?> cancelled) {
		return new AsyncDriver(this, execution, invocation).run(cancelled);
	}

	S3Call call() {
		return this.scope.call();
	}

	CallServices services() {
		return this.scope.services();
	}

	Router router() {
		return services().router();
	}

}
