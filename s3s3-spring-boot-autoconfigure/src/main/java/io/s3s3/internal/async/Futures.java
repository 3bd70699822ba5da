package io.s3s3.internal.async;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import io.s3s3.internal.io.CompletionErrors;
import org.jspecify.annotations.Nullable;

/**
 * Chains futures so that cancelling the last one cancels them all. Stateless.
 */
final class Futures {

	private Futures() {
	}

	/**
	 * Continue when a future is complete.
	 * @param first the future
	 * @param next takes its value or its error, and returns the next future
	 * @return completes like the next future
	 */
	static CompletableFuture<@Nullable Object> then(CompletableFuture<?> first,
			BiFunction<@Nullable Object, @Nullable Throwable, CompletableFuture<?>> next) {
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		follow(result, first);
		first.whenComplete((value, error) -> {
			if (result.isDone()) {
				return;
			}
			try {
				CompletableFuture<?> second = next.apply(value,
						(error != null) ? CompletionErrors.causeOf(error) : null);
				follow(result, second);
				second.whenComplete((end, failure) -> complete(result, end, failure));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	/**
	 * Continue when a future has completed without an error.
	 * @param first the future
	 * @param next takes its value, and returns the next future
	 * @return completes like the next future, or with the error of the future
	 */
	static CompletableFuture<@Nullable Object> ifWell(CompletableFuture<?> first, Step next) {
		return then(first, (value, error) -> {
			try {
				return (error != null) ? CompletableFuture.failedFuture(error) : next.after(value);
			}
			catch (Throwable ex) {
				return CompletableFuture.failedFuture(ex);
			}
		});
	}

	static void complete(CompletableFuture<@Nullable Object> future, @Nullable Object value,
			@Nullable Throwable error) {
		if (error != null) {
			future.completeExceptionally(error);
		}
		else {
			future.complete(value);
		}
	}

	private static void follow(CompletableFuture<?> leader, CompletableFuture<?> follower) {
		leader.whenComplete((value, error) -> {
			if (error != null) {
				follower.completeExceptionally(error);
			}
		});
	}

	/**
	 * Follows a future.
	 */
	@FunctionalInterface
	interface Step {

		CompletableFuture<?> after(@Nullable Object value) throws Throwable;

	}

}
