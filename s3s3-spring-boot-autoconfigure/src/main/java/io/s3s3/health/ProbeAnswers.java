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
	 * Make the request of a probe.
	 * @param timeout the time allowed
	 * @param request the request to make
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
				// A HEAD request with expired keys is answered with a 400 without a code.
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
