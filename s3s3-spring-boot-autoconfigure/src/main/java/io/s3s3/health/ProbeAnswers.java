package io.s3s3.health;

import java.time.Duration;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the answers to probes mean.
 */
final class ProbeAnswers {

	private ProbeAnswers() {
	}

	/**
	 * Make a request that is a probe.
	 * @param timeout the time allowed
	 * @param request what to do
	 * @return what the answer means
	 * @throws RuntimeException if the location failed
	 */
	static ProbeResult ask(Duration timeout, Request request) {
		AwsRequestOverrideConfiguration configuration = AwsRequestOverrideConfiguration.builder()
			.apiCallTimeout(timeout)
			.build();
		try {
			request.send(configuration);
			return ProbeResult.SUCCESS;
		}
		catch (AwsServiceException ex) {
			return switch (ex.statusCode()) {
				// HEAD requests tell expired keys by a 400 without a code.
				case 400, 401, 403 -> ProbeResult.DENIED;
				default -> throw ex;
			};
		}
	}

	/**
	 * A request, made in the time allowed.
	 */
	@FunctionalInterface
	interface Request {

		void send(AwsRequestOverrideConfiguration configuration);

	}

}
