package io.s3s3.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Walks a {@link CallExecution} without a thread of its own: attempts are futures that
 * anybody may complete, and time passes when it is told to. Guarded by "this".
 */
final class AsyncDriver {

	private final CallExecution execution;

	private final Function<S3Request, CompletableFuture<Object>> client;

	private final CompletableFuture<Object> result = new CompletableFuture<>();

	private final Map<Integer, CompletableFuture<Object>> sent = new HashMap<>();

	private final List<Step> steps = new ArrayList<>();

	private CompletableFuture<Void> body = CompletableFuture.completedFuture(null);

	private long now;

	/** When the wait that is under way ends. */
	private @Nullable Long until;

	/**
	 * Create a driver.
	 * @param execution the execution to walk
	 * @param client what a location does with a request
	 * @param now the time
	 */
	AsyncDriver(CallExecution execution, Function<S3Request, CompletableFuture<Object>> client, long now) {
		this.execution = execution;
		this.client = client;
		this.now = now;
	}

	/**
	 * Let bodies take until a future is complete to get ready.
	 * @param body the future
	 */
	void getReady(CompletableFuture<Void> body) {
		this.body = body;
	}

	CompletableFuture<Object> begin() {
		tell((execution) -> execution.begin(this.now));
		return this.result;
	}

	/**
	 * Tell that time has passed, as a timer that is late or early does.
	 */
	void wake() {
		tell((execution) -> execution.elapsed(this.now));
	}

	void cancel() {
		tell((execution) -> execution.cancel(this.now));
	}

	synchronized void pass(Duration duration) {
		this.now += duration.toNanos();
		if (this.until != null && this.now - this.until >= 0) {
			this.until = null;
			tell((execution) -> execution.elapsed(this.now));
		}
	}

	/**
	 * Tell an outcome, whether or not anybody waits for it.
	 * @param number the number of the step
	 * @param answer the answer
	 * @return whether it was waited for
	 */
	boolean answer(int number, Object answer) {
		boolean[] awaited = new boolean[1];
		tell((execution) -> awaited[0] = execution.succeeded(number, answer, this.now));
		return awaited[0];
	}

	synchronized List<Step> steps() {
		return List.copyOf(this.steps);
	}

	private synchronized void tell(Consumer<CallExecution> news) {
		news.accept(this.execution);
		Step step = this.execution.take();
		while (step != null && !this.result.isDone()) {
			this.steps.add(step);
			take(step);
			step = this.execution.take();
		}
	}

	private void take(Step step) {
		if (step instanceof Step.Start start) {
			this.body.whenComplete((ready, error) -> start(start));
		}
		else if (step instanceof Step.Ask ask) {
			send(ask.number(), ask.request());
		}
		else if (step instanceof Step.Cancel cancel) {
			cancel(cancel.number());
		}
		else if (step instanceof Step.Wait wait) {
			this.until = wait.until();
		}
		else if (step instanceof Step.End end) {
			end(end);
		}
	}

	private void cancel(int number) {
		CompletableFuture<Object> sent = this.sent.get(number);
		if (sent != null) {
			sent.cancel(true);
		}
		else {
			tell((execution) -> execution.failed(number, new CancellationException(), this.now));
		}
	}

	private synchronized void start(Step.Start start) {
		S3Request request;
		try {
			request = this.execution.send(start.number(), this.now).request();
		}
		catch (RuntimeException ex) {
			tell((execution) -> execution.failed(start.number(), ex, this.now));
			return;
		}
		send(start.number(), request);
	}

	private void send(int number, S3Request request) {
		CompletableFuture<Object> outcome = this.client.apply(request);
		this.sent.put(number, outcome);
		outcome.whenComplete((answer, error) -> tell((execution) -> {
			if (error != null) {
				execution.failed(number, error, this.now);
			}
			else {
				execution.succeeded(number, answer, this.now);
			}
		}));
	}

	private void end(Step.End end) {
		if (end.error() != null) {
			this.result.completeExceptionally(end.error());
		}
		else {
			this.result.complete(end.result());
		}
	}

}
