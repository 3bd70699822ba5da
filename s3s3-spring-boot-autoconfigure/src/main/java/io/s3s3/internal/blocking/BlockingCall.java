package io.s3s3.internal.blocking;

import io.s3s3.event.S3Call;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.CallScope;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import org.jspecify.annotations.Nullable;

/**
 * A call and its parts, as the blocking driver makes them. Thread-safe as long as each
 * part is made by a single thread.
 *
 * @param driver walks their executions
 * @param scope what they share
 */
record BlockingCall(BlockingDriver driver, CallScope scope) {

	/**
	 * Make the call as a whole.
	 * @param invocation what to do at a location
	 * @return what the client of the location that served it returned
	 * @throws Exception what the client of a location threw
	 */
	@Nullable Object run(Invocation invocation) throws Exception {
		Route route = router().route(call().operation(), call().request());
		return run(invocation, new CallExecution(this.scope, invocation, route));
	}

	@Nullable Object run(Invocation invocation, CallExecution execution) throws Exception {
		return this.driver.run(this, execution, invocation);
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
