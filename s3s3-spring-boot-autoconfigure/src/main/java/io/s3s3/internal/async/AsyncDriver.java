package io.s3s3.internal.async;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.SendableRequest;
import io.s3s3.internal.call.Step;
import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.http.AttemptScopeAttribute;
import io.s3s3.internal.http.ScopedS3AsyncClient;
import io.s3s3.internal.io.CarriedThrowable;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Drives a {@link CallExecution} without a thread of its own. News arrives from anywhere
 * and at any time: it is queued, and whoever delivers the first piece passes all of it to
 * the execution and takes the steps that follow, on the same thread if that may block,
 * otherwise on a worker. So the execution receives one piece of news at a time, yet no
 * thread ever waits for another. All news is passed on before a step is taken, so that a
 * cancellation, even by a listener, prevents the next step. Only the beginning of an
 * answer is passed on by an event loop, provided that no code is involved that may block.
 * Thread-safe; one per call.
 */
final class AsyncDriver {

	private static final Logger logger = LoggerFactory.getLogger(AsyncDriver.class);

	private final AsyncCall call;

	private final CallExecution execution;

	private final AsyncInvocation invocation;

	private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

	private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();

	/** The amount of news. Whoever delivers the first piece owns all fields below. */
	private final AtomicInteger pending = new AtomicInteger();

	/** Whether the news was passed on at all, which is up to a task decorator. */
	private boolean told;

	/** What has no outcome yet, followed by its number. */
	private @Nullable CompletableFuture<?> inFlight;

	private int inFlightNumber;

	private @Nullable AsyncAttempt attempt;

	private @Nullable AttemptScope scope;

	private @Nullable Future<?> wait;

	private Step.@Nullable End end;

	AsyncDriver(AsyncCall call, CallExecution execution, AsyncInvocation invocation) {
		this.call = call;
		this.execution = execution;
		this.invocation = invocation;
	}

	/**
	 * Drive the execution to its end. Called by a thread with the context of the call.
	 * @param cancelled completes when the caller gives up
	 * @return what the call returns
	 */
	CompletableFuture<@Nullable Object> run(CompletableFuture<?> cancelled) {
		this.news.add(() -> this.execution.begin(System.nanoTime()));
		this.pending.incrementAndGet();
		if (EventLoops.isCurrent()) {
			this.call.workers().offLoop(() -> drive(true));
		}
		else {
			drive(false);
		}
		if (!this.result.isDone()) {
			cancelled.whenComplete((given, up) -> tell(() -> this.execution.cancel(System.nanoTime())));
		}
		return this.result;
	}

	/**
	 * Report that the answer to an attempt begins, whose body is passed on before the
	 * attempt has its outcome.
	 * @param number the number of the attempt
	 * @param response the answer
	 * @param handOn passes it on, given the location that it came from, or receives the
	 * reason why it must not be passed on
	 */
	void begun(int number, @Nullable S3Response response,
			BiConsumer<@Nullable Location, @Nullable RuntimeException> handOn) {
		Runnable told = () -> {
			Location location = null;
			RuntimeException refusal = null;
			try {
				location = this.execution.begun(number, response);
			}
			catch (RuntimeException ex) {
				refusal = ex;
			}
			handOn.accept(location, refusal);
		};
		if (!EventLoops.isCurrent() || this.execution.isGuarded() || !this.pending.compareAndSet(0, 1)) {
			tell(told);
			return;
		}
		try {
			told.run();
		}
		finally {
			if (this.pending.decrementAndGet() != 0) {
				this.call.workers().offLoop(() -> drive(true));
			}
		}
	}

	/**
	 * Pass news to the execution, one piece after the other.
	 * @param told passes it on
	 */
	void tell(Runnable told) {
		this.news.add(told);
		if (this.pending.getAndIncrement() == 0) {
			this.call.workers().offLoop(() -> drive(true));
		}
	}

	private void drive(boolean inContext) {
		int seen = this.pending.get();
		while (seen != 0) {
			this.told = false;
			if (inContext) {
				tellAllInContext();
			}
			if (!this.told) {
				tellAll();
			}
			if (this.end != null && !this.result.isDone()) {
				complete(this.end);
			}
			seen = this.pending.addAndGet(-seen);
		}
	}

	private void tellAllInContext() {
		try {
			this.call.context().run(this::tellAll);
		}
		catch (Throwable ex) {
			logger.warn("The task decorator failed", ex);
		}
	}

	private void tellAll() {
		this.told = true;
		try {
			while (tellNext()) {
				// Until there is nothing left to do but wait.
			}
		}
		catch (Throwable ex) {
			this.end = new Step.End(null, ex);
		}
	}

	/**
	 * Pass on one piece of news, or take one step if there is none. Returns whether there
	 * was either.
	 */
	private boolean tellNext() {
		Runnable told = this.news.poll();
		if (told != null) {
			told.run();
			return true;
		}
		Step step = this.execution.take();
		if (step == null || this.end != null) {
			return false;
		}
		take(step);
		return true;
	}

	private void take(Step step) {
		if (step instanceof Step.Start start) {
			start(new AsyncAttempt(this.call, this, start));
		}
		else if (step instanceof Step.Ask ask) {
			AsyncAttempt attempt = Objects.requireNonNull(this.attempt).asking(ask);
			this.scope = Objects.requireNonNull(this.scope).unhedged();
			follow(ask.number(), enter(ask.request(), (request) -> this.invocation.ask(request, attempt)));
		}
		else if (step instanceof Step.Cancel cancel) {
			cancel(cancel.number());
		}
		else if (step instanceof Step.Wait pause) {
			await(pause.until());
		}
		else if (step instanceof Step.End last) {
			this.end = last;
			if (this.wait != null) {
				this.wait.cancel(false);
			}
		}
	}

	private void start(AsyncAttempt attempt) {
		this.attempt = attempt;
		CompletableFuture<?> ready = exchange(() -> this.invocation.prepare(attempt));
		this.inFlight = ready;
		this.inFlightNumber = attempt.number();
		if (ready.isDone() && !ready.isCompletedExceptionally()) {
			send(attempt);
			return;
		}
		ready.whenComplete((value, error) -> tell(() -> {
			if (error == null) {
				send(attempt);
			}
			else {
				land(attempt.number(), null, error);
			}
		}));
	}

	private void send(AsyncAttempt attempt) {
		SendableRequest sendable;
		try {
			sendable = this.execution.send(attempt.number(), System.nanoTime());
		}
		catch (RuntimeException ex) {
			this.execution.failed(attempt.number(), ex, System.nanoTime());
			return;
		}
		Hedge hedge = sendable.hedge();
		if (hedge != null) {
			hedge.makeOn(this.call.workers());
			hedge.callBy((rival) -> this.invocation.prepareRival(rival, attempt));
		}
		this.scope = new AttemptScope(sendable.patient(), sendable.inVain(), hedge);
		follow(attempt.number(), enter(sendable.request(), (request) -> this.invocation.invoke(request, attempt)));
	}

	/**
	 * Send a request within the scope of the attempt, whichever thread carries it out.
	 */
	private CompletableFuture<?> enter(S3Request request, Sending sending) {
		AttemptScope scope = Objects.requireNonNull(this.scope);
		boolean found = this.invocation.isOneRequest()
				&& ScopedS3AsyncClient.findsScope(Objects.requireNonNull(this.attempt).client());
		try (AttemptScope.Entered entered = scope.enter()) {
			return exchange(() -> sending.send(found ? request : AttemptScopeAttribute.with(request, scope)));
		}
	}

	private static CompletableFuture<?> exchange(Exchange exchange) {
		try {
			return Objects.requireNonNull(exchange.run(), "The client returned no future");
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void follow(int number, CompletableFuture<?> outcome) {
		this.inFlight = outcome;
		this.inFlightNumber = number;
		outcome.whenComplete((answer, error) -> tell(() -> land(number, answer, error)));
	}

	private void land(int number, @Nullable Object answer, @Nullable Throwable error) {
		if (error != null) {
			this.execution.failed(number, asThrown(CarriedThrowable.originalOf(CompletionErrors.causeOf(error))),
					System.nanoTime());
		}
		else if (!this.execution.succeeded(number, answer, System.nanoTime())) {
			this.invocation.discard(answer);
		}
	}

	/**
	 * Return an error as a client completes with it: a checked exception is wrapped as
	 * the SDK does, whether it is the caller's own or broke a body that was passed on.
	 */
	private Throwable asThrown(Throwable error) {
		if (error instanceof RuntimeException || error instanceof Error) {
			return error;
		}
		return SdkClientException.create(this.invocation.failedAtCaller() ? "The caller's own code failed"
				: "Unable to execute HTTP request: " + error.getMessage(), error);
	}

	private void cancel(int number) {
		CompletableFuture<?> sent = (this.inFlightNumber == number) ? this.inFlight : null;
		if (sent == null) {
			this.execution.failed(number, new CancellationException(), System.nanoTime());
		}
		else {
			// If it has completed, its outcome is among the news.
			sent.cancel(true);
		}
	}

	private void await(long until) {
		try {
			this.wait = this.call.workers()
				.schedule(() -> tell(() -> this.execution.elapsed(System.nanoTime())),
						Math.max(0, until - System.nanoTime()));
		}
		catch (RejectedExecutionException ex) {
			this.execution.cancel(System.nanoTime());
		}
	}

	private void complete(Step.End end) {
		Futures.complete(this.result, end.result(), end.error());
	}

	/**
	 * Makes a request to a location, or prepares for it.
	 */
	private interface Exchange {

		CompletableFuture<?> run() throws Throwable;

	}

	/**
	 * Sends a request to a location.
	 */
	private interface Sending {

		CompletableFuture<?> send(S3Request request) throws Throwable;

	}

}
