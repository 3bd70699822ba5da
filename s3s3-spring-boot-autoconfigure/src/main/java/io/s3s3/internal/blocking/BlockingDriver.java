package io.s3s3.internal.blocking;

import java.util.Objects;

import io.s3s3.internal.call.CallExecution;
import org.jspecify.annotations.Nullable;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryListener;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.context.RetryContextSupport;
import org.springframework.retry.support.RetryTemplate;

/**
 * Walks a {@link CallExecution} on the caller's thread. Most calls end with their first
 * turn; for the others a {@link RetryTemplate} makes one turn for each further attempt,
 * waits between them as the execution says, and stops when it has ended. Everything that
 * uses spring-retry is in this file. Thread-safe.
 */
final class BlockingDriver {

	private final RetryTemplate template = new RetryTemplate();

	BlockingDriver() {
		this.template.setRetryPolicy(new ExecutionPolicy());
		this.template.setBackOffPolicy(new ExecutionBackOff());
		this.template.setListeners(new RetryListener[] { new Binding() });
	}

	/**
	 * Walk an execution to its end.
	 * @param call the call that it belongs to
	 * @param execution the execution, not begun
	 * @param invocation what to do at a location
	 * @return what the call returns
	 * @throws Exception what the call throws
	 */
	@Nullable Object run(BlockingCall call, CallExecution execution, Invocation invocation) throws Exception {
		Turns turns = new Turns(call, execution, invocation);
		turns.begin();
		turns.makeAttempt();
		return turns.goesOn() ? goOn(turns) : turns.end();
	}

	private @Nullable Object goOn(Turns turns) throws Exception {
		try {
			return this.template.execute(new Callback(turns), (context) -> turns.end());
		}
		catch (BackOffInterruptedException ex) {
			return turns.end();
		}
	}

	/**
	 * Makes one turn per try.
	 *
	 * @param turns the turns of the call
	 */
	private record Callback(Turns turns) implements RetryCallback<@Nullable Object, Exception> {

		@Override
		public @Nullable Object doWithRetry(RetryContext context) throws Exception {
			return this.turns.next();
		}

	}

	/**
	 * Goes on until the execution has ended. Stateless.
	 */
	private static final class ExecutionPolicy implements RetryPolicy {

		private static final long serialVersionUID = 1L;

		@Override
		public RetryContext open(@Nullable RetryContext parent) {
			return new TurnsContext(parent);
		}

		@Override
		public boolean canRetry(RetryContext context) {
			return TurnsContext.turnsOf(context).goesOn();
		}

		@Override
		public void registerThrowable(RetryContext context, Throwable throwable) {
			((TurnsContext) context).registerThrowable(throwable);
		}

		@Override
		public void close(RetryContext context) {
		}

	}

	/**
	 * Waits as the execution asks. Stateless.
	 */
	private static final class ExecutionBackOff implements BackOffPolicy {

		@Override
		public BackOffContext start(RetryContext context) {
			return new TurnsBackOff(TurnsContext.turnsOf(context));
		}

		@Override
		public void backOff(BackOffContext context) {
			if (!((TurnsBackOff) context).turns().await()) {
				throw new BackOffInterruptedException("Interrupted between two rounds");
			}
		}

	}

	/**
	 * Binds the turns of a call to its context. Stateless.
	 */
	private static final class Binding implements RetryListener {

		@Override
		public <T, E extends Throwable> boolean open(RetryContext context, RetryCallback<T, E> callback) {
			((TurnsContext) context).turns = ((Callback) callback).turns();
			return true;
		}

	}

	/**
	 * The context of one call.
	 */
	private static final class TurnsContext extends RetryContextSupport {

		private static final long serialVersionUID = 1L;

		private transient @Nullable Turns turns;

		@SuppressWarnings("NullAway") // see RetryContext.getParent
		TurnsContext(@Nullable RetryContext parent) {
			super(parent);
		}

		static Turns turnsOf(RetryContext context) {
			return Objects.requireNonNull(((TurnsContext) context).turns);
		}

	}

	/**
	 * The context of the waits of one call.
	 */
	private record TurnsBackOff(Turns turns) implements BackOffContext {

	}

}
