package io.s3s3.internal.blocking;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.SendableRequest;
import io.s3s3.internal.call.Step;
import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.io.CarriedThrowable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

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
 * Walks a {@link CallExecution} on the caller's thread: a {@link RetryTemplate} makes a
 * turn for each attempt, waits between them as the execution says, and stops when it has
 * ended. Everything that uses spring-retry is in this file. Thread-safe.
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
		try {
			return this.template.execute(turns, (context) -> turns.end());
		}
		catch (BackOffInterruptedException ex) {
			return turns.end();
		}
	}

	/**
	 * The turns of one call, an attempt each.
	 */
	private static final class Turns implements RetryCallback<@Nullable Object, Exception> {

		private final BlockingCall call;

		private final CallExecution execution;

		private final Invocation invocation;

		/** Whether no other location is likely to serve the attempt under way. */
		private boolean patient;

		/** Taken, but not done. */
		private @Nullable Step next;

		Turns(BlockingCall call, CallExecution execution, Invocation invocation) {
			this.call = call;
			this.execution = execution;
			this.invocation = invocation;
		}

		void begin() {
			this.execution.begin(System.nanoTime());
			takeNext();
		}

		@Override
		public @Nullable Object doWithRetry(RetryContext context) throws Exception {
			if (this.next instanceof Step.Start start) {
				AttemptContext attempt = new AttemptContext(this.call, start);
				tellOutcome(start.number(), () -> start(attempt));
				if (this.next instanceof Step.Ask ask) {
					tellOutcome(ask.number(), () -> exchange(() -> this.invocation.ask(ask.request(), attempt)));
				}
			}
			if (goesOn()) {
				throw asException(this.execution.lastError());
			}
			return end();
		}

		private @Nullable Object start(AttemptContext attempt) throws Throwable {
			this.invocation.prepare();
			SendableRequest sendable = this.execution.send(attempt.start().number(), System.nanoTime());
			this.patient = sendable.patient();
			return exchange(() -> this.invocation.invoke(sendable.request(), attempt));
		}

		private @Nullable Object exchange(Exchange exchange) throws Throwable {
			try (AttemptScope.Entered scope = new AttemptScope(this.patient).enter()) {
				return exchange.run();
			}
			catch (Throwable ex) {
				throw asThrown(CarriedThrowable.originalOf(ex));
			}
		}

		private void tellOutcome(int number, Exchange exchange) {
			Object result;
			try {
				result = exchange.run();
			}
			catch (Throwable ex) {
				cancelIfInterrupted();
				this.execution.failed(number, ex, System.nanoTime());
				takeNext();
				return;
			}
			cancelIfInterrupted();
			this.execution.succeeded(number, result, System.nanoTime());
			takeNext();
		}

		private void cancelIfInterrupted() {
			if (Thread.currentThread().isInterrupted()) {
				this.execution.cancel(System.nanoTime());
			}
		}

		/**
		 * Take the next step. There is nothing left to cancel once an attempt has ended,
		 * and all that a blocking call waits for is a point of time.
		 */
		private void takeNext() {
			this.next = this.execution.take();
			while (this.next instanceof Step.Cancel) {
				this.next = this.execution.take();
			}
		}

		/**
		 * Return an error as a client may throw it: what is checked is wrapped as the SDK
		 * does.
		 */
		private static Throwable asThrown(Throwable error) {
			boolean declared = error instanceof RuntimeException || error instanceof Error;
			return declared ? error : SdkClientException.create("The caller's own code failed", error);
		}

		void waitAsAsked() {
			if (!(this.next instanceof Step.Wait wait)) {
				return;
			}
			try {
				long left = Math.max(0, wait.until() - System.nanoTime());
				TimeUnit.NANOSECONDS.sleep(left);
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				// The clock of the machine may be ahead of the sleep's.
				this.execution.elapsed(Math.max(wait.until(), System.nanoTime()));
				takeNext();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				this.execution.cancel(System.nanoTime());
				takeNext();
				throw new BackOffInterruptedException("Interrupted between two rounds", ex);
			}
		}

		boolean goesOn() {
			return this.next instanceof Step.Start || this.next instanceof Step.Wait;
		}

		@Nullable Object end() throws Exception {
			if (!(this.next instanceof Step.End end)) {
				throw new IllegalStateException("The call has stopped at " + this.next);
			}
			if (end.error() != null) {
				throw asException(end.error());
			}
			return end.result();
		}

		private static Exception asException(Throwable error) {
			if (error instanceof Error fatal) {
				throw fatal;
			}
			return (Exception) error;
		}

	}

	/**
	 * What goes to a location and comes back.
	 */
	private interface Exchange {

		@Nullable Object run() throws Throwable;

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
			((TurnsBackOff) context).turns().waitAsAsked();
		}

	}

	/**
	 * Binds the turns of a call to its context. Stateless.
	 */
	private static final class Binding implements RetryListener {

		@Override
		public <T, E extends Throwable> boolean open(RetryContext context, RetryCallback<T, E> callback) {
			((TurnsContext) context).turns = (Turns) callback;
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
	 * What the back-off knows of the call.
	 */
	private record TurnsBackOff(Turns turns) implements BackOffContext {

	}

}
