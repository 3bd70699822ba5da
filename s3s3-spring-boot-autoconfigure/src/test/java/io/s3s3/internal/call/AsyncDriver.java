package io.s3s3.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

	private final Map<Integer, CompletableFuture<Object>> attempts = new HashMap<>();

	private final List<Step> steps = new ArrayList<>();

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

	CompletableFuture<Object> begin() {
		tell((execution) -> execution.begin(this.now));
		return this.result;
	}

	void cancel() {
		tell((execution) -> execution.cancel(this.now));
	}

	synchronized void pass(Duration duration) {
		this.now += duration.toNanos();
		if (this.until != null && this.now - this.until >= 0) {
			tell((execution) -> execution.elapsed(this.now));
		}
	}

	/**
	 * Complete an attempt once more than it should be.
	 */
	void repeat(int attempt, Object answer) {
		tell((execution) -> execution.succeeded(attempt, answer, this.now));
	}

	synchronized List<Step> steps() {
		return List.copyOf(this.steps);
	}

	private synchronized void tell(Consumer<CallExecution> news) {
		news.accept(this.execution);
		this.until = null;
		Step step = this.execution.take();
		this.steps.add(step);
		if (step instanceof Step.Start start) {
			start(start);
		}
		else if (step instanceof Step.Ask ask) {
			send(ask.attempt(), ask.request());
		}
		else if (step instanceof Step.Cancel cancel) {
			CompletableFuture<Object> attempt = this.attempts.get(cancel.attempt());
			if (attempt != null) {
				attempt.cancel(true);
			}
		}
		else if (step instanceof Step.Wait wait) {
			this.until = wait.until();
		}
		else if (step instanceof Step.End end) {
			end(end);
		}
	}

	private void start(Step.Start start) {
		S3Request request;
		try {
			request = this.execution.send(start.attempt(), this.now);
		}
		catch (RuntimeException ex) {
			tell((execution) -> execution.failed(start.attempt(), ex, this.now));
			return;
		}
		send(start.attempt(), request);
	}

	private void send(int attempt, S3Request request) {
		CompletableFuture<Object> outcome = this.client.apply(request);
		this.attempts.put(attempt, outcome);
		outcome.whenComplete((answer, error) -> tell((execution) -> {
			if (error != null) {
				execution.failed(attempt, error, this.now);
			}
			else {
				execution.succeeded(attempt, answer, this.now);
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
