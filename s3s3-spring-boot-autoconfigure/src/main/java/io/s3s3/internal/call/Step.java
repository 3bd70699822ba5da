package io.s3s3.internal.call;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.route.Route;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What a {@link CallExecution} asks its driver to do next. Immutable.
 */
public sealed interface Step {

	/**
	 * Make an attempt: get the body ready, {@linkplain CallExecution#send send} the
	 * request, and tell the outcome.
	 *
	 * @param attempt the number of the attempt, which its outcome carries
	 * @param location where to make it
	 * @param route where the call may go as things stand
	 * @param patient whether nobody else is likely to serve the call, so that the
	 * location gets more time to begin its answer
	 * @param progress receives how far the body has come, {@code null} if nobody listens
	 */
	record Start(int attempt, Location location, Route route, boolean patient,
			@Nullable ByteProgress progress) implements Step {

	}

	/**
	 * Send an auxiliary request of an attempt, whose outcome is that of the attempt.
	 *
	 * @param attempt the number of the attempt
	 * @param location where to send it
	 * @param request the request, as the location understands it
	 */
	record Ask(int attempt, Location location, S3Request request) implements Step {

	}

	/**
	 * Abort an attempt and tell how it ended. The call ends then.
	 *
	 * @param attempt the number of the attempt
	 */
	record Cancel(int attempt) implements Step {

	}

	/**
	 * Do nothing until a point of time, or until there is news.
	 *
	 * @param until the point of time, as {@link System#nanoTime()} counts
	 */
	record Wait(long until) implements Step {

	}

	/**
	 * Do nothing until the outcome of an attempt is known.
	 */
	record Await() implements Step {

		static final Await INSTANCE = new Await();

	}

	/**
	 * Give the caller its result. Nothing follows.
	 *
	 * @param result what the call returns
	 * @param error what the call throws, {@code null} if it returns
	 */
	record End(@Nullable Object result, @Nullable Throwable error) implements Step {

	}

}
