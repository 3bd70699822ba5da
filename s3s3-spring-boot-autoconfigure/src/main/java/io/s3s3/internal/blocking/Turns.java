package io.s3s3.internal.blocking;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.SendableRequest;
import io.s3s3.internal.call.Step;
import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.io.CarriedThrowable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The turns of a blocking call, each of which makes one attempt on the caller's thread
 * and reports the outcome to the {@link CallExecution}. Not thread-safe; one per call.
 */
final class Turns {

	private final BlockingCall call;

	private final CallExecution execution;

	private final Invocation invocation;

	/** The scope of the current attempt. */
	private @Nullable AttemptScope scope;

	/** The step that was taken, but not carried out yet. */
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

	/**
	 * Make the attempt that the execution requests.
	 * @return what the call returns, if the attempt ends it
	 * @throws Exception what the call throws, or the last error if the call continues
	 */
	@Nullable Object next() throws Exception {
		makeAttempt();
		if (goesOn()) {
			throw asException(this.execution.lastError());
		}
		return end();
	}

	/**
	 * Make the attempt that the execution requests, if any.
	 */
	void makeAttempt() {
		if (this.next instanceof Step.Start start) {
			AttemptContext attempt = new AttemptContext(this.call, this.execution, start);
			tellOutcome(start.number(), () -> start(attempt));
			while (this.next instanceof Step.Ask ask) {
				this.scope = Objects.requireNonNull(this.scope).unhedged();
				tellOutcome(ask.number(),
						() -> exchange(() -> this.invocation.ask(ask.request(), attempt.asking(ask))));
			}
		}
	}

	private @Nullable Object start(AttemptContext attempt) throws Throwable {
		this.invocation.prepare(attempt);
		SendableRequest sendable = this.execution.send(attempt.start().number(), System.nanoTime());
		Hedge hedge = sendable.hedge();
		if (hedge != null) {
			hedge.callBy((rival) -> this.invocation.prepareRival(rival, attempt));
		}
		this.scope = new AttemptScope(sendable.patient(), sendable.inVain(), hedge);
		return exchange(() -> this.invocation.invoke(sendable.request(), attempt));
	}

	private @Nullable Object exchange(Exchange exchange) throws Throwable {
		try (AttemptScope.Entered scope = Objects.requireNonNull(this.scope).enter()) {
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
	 * Take the next step that is not a cancellation. There is nothing left to cancel once
	 * an attempt has ended, and a blocking call waits only for a point in time.
	 */
	private void takeNext() {
		this.next = this.execution.take();
		while (this.next instanceof Step.Cancel) {
			this.next = this.execution.take();
		}
	}

	/**
	 * Return an error as a client may throw it: a checked exception is wrapped as the SDK
	 * does.
	 */
	private static Throwable asThrown(Throwable error) {
		boolean declared = error instanceof RuntimeException || error instanceof Error;
		return declared ? error : SdkClientException.create("The caller's own code failed", error);
	}

	/**
	 * Wait as long as the execution requests. Returns {@code false} if interrupted.
	 */
	boolean await() {
		if (!(this.next instanceof Step.Wait wait)) {
			return true;
		}
		try {
			long left = wait.until() - System.nanoTime();
			while (left > 0) {
				TimeUnit.NANOSECONDS.sleep(left);
				left = wait.until() - System.nanoTime();
			}
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			this.execution.elapsed(System.nanoTime());
			takeNext();
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.execution.cancel(System.nanoTime());
			takeNext();
			return false;
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

	static Exception asException(Throwable error) {
		if (error instanceof Error fatal) {
			throw fatal;
		}
		return (Exception) error;
	}

	/**
	 * A request to a location and its response.
	 */
	private interface Exchange {

		@Nullable Object run() throws Throwable;

	}

}
