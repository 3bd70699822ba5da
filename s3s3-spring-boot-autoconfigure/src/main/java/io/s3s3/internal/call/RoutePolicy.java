package io.s3s3.internal.call;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.context.RetryContextSupport;

/**
 * Walks the route of the call that is bound to the context. Stateless.
 */
final class RoutePolicy implements RetryPolicy {

	private static final long serialVersionUID = 1L;

	@Override
	public RetryContext open(@Nullable RetryContext parent) {
		return new RouteContext(parent);
	}

	@Override
	public boolean canRetry(RetryContext context) {
		return callOf(context).mayTry();
	}

	@Override
	public void registerThrowable(RetryContext context, Throwable throwable) {
		((RouteContext) context).registerThrowable(throwable);
		callOf(context).failed(throwable);
	}

	@Override
	public void close(RetryContext context) {
	}

	static void bind(RetryContext context, OperationCall call) {
		((RouteContext) context).call = call;
	}

	static OperationCall callOf(RetryContext context) {
		return Objects.requireNonNull(((RouteContext) context).call);
	}

	/**
	 * The context of one call.
	 */
	private static final class RouteContext extends RetryContextSupport {

		private static final long serialVersionUID = 1L;

		private transient @Nullable OperationCall call;

		@SuppressWarnings("NullAway") // the parent may be null, see
										// RetryContext.getParent
		RouteContext(@Nullable RetryContext parent) {
			super(parent);
		}

	}

}
