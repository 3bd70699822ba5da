package io.s3s3.internal.call;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.route.Route;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What a {@link CallExecution} requires its driver to do next. A step with an outcome has
 * a number, with which the outcome is reported. Immutable.
 */
public sealed interface Step {

	/**
	 * Make an attempt: prepare the body, {@linkplain CallExecution#send send} the
	 * request, and report the outcome.
	 *
	 * @param number the number of the outcome
	 * @param attempt the number of the attempt, as listeners know it
	 * @param location where to make it
	 * @param route where the call may currently go
	 * @param progress receives the progress of the body, or {@code null} if nobody
	 * listens
	 */
	record Start(int number, int attempt, Location location, Route route,
			@Nullable ByteProgress progress) implements Step {

		/**
		 * Return the same attempt with another outcome to report.
		 * @param asked the step that has the outcome
		 * @return the attempt
		 */
		public Start withOutcomeOf(Ask asked) {
			return new Start(asked.number(), this.attempt, this.location, this.route, this.progress);
		}

	}

	/**
	 * Send an auxiliary request of an attempt. Its outcome is that of the attempt.
	 *
	 * @param number the number of the outcome
	 * @param location where to send it
	 * @param request the request, as the location understands it
	 */
	record Ask(int number, Location location, S3Request request) implements Step {

	}

	/**
	 * Abort what has no outcome yet, and report how it ended.
	 *
	 * @param number the number of the outcome
	 */
	record Cancel(int number) implements Step {

	}

	/**
	 * Do nothing until a point in time, unless other news arrives first.
	 *
	 * @param until the point in time, as {@link System#nanoTime()} counts
	 */
	record Wait(long until) implements Step {

	}

	/**
	 * Give the caller its result. Nothing follows.
	 *
	 * @param result what the call returns
	 * @param error what the call throws, or {@code null} if it returns
	 */
	record End(@Nullable Object result, @Nullable Throwable error) implements Step {

	}

}
