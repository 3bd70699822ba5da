package io.s3s3.internal.call;

import java.util.concurrent.TimeUnit;

import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;

/**
 * Waits as long as a call says before its next attempt. Stateless.
 */
final class RoundBackOff implements BackOffPolicy {

	@Override
	public BackOffContext start(RetryContext context) {
		return new Round(context);
	}

	@Override
	public void backOff(BackOffContext backOffContext) throws BackOffInterruptedException {
		OperationCall call = RoutePolicy.callOf(((Round) backOffContext).context());
		if (call.waitBeforeNext().isZero()) {
			return;
		}
		try {
			TimeUnit.NANOSECONDS.sleep(call.waitBeforeNext().toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			call.interrupted();
			throw new BackOffInterruptedException("Interrupted between two rounds", ex);
		}
	}

	/**
	 * The context that the call is bound to.
	 */
	private record Round(RetryContext context) implements BackOffContext {

	}

}
