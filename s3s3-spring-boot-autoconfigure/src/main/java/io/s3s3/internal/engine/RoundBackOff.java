package io.s3s3.internal.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;

/**
 * Waits between two rounds along a route, never between two locations of a round: the
 * configured time, give or take half of it. Stateless.
 */
final class RoundBackOff implements BackOffPolicy {

	private final Duration backOff;

	RoundBackOff(Duration backOff) {
		this.backOff = backOff;
	}

	@Override
	public BackOffContext start(RetryContext context) {
		return new Round(context);
	}

	@Override
	public void backOff(BackOffContext backOffContext) throws BackOffInterruptedException {
		OperationCall call = RoutePolicy.callOf(((Round) backOffContext).context());
		if (!call.beginsRound()) {
			return;
		}
		try {
			Thread.sleep(call.atMost(jittered()).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			call.interrupted();
			throw new BackOffInterruptedException("Interrupted between two rounds", ex);
		}
	}

	private Duration jittered() {
		return Duration.ofMillis((long) (this.backOff.toMillis() * (0.5 + ThreadLocalRandom.current().nextDouble())));
	}

	/**
	 * The context that the call is bound to.
	 */
	private record Round(RetryContext context) implements BackOffContext {

	}

}
