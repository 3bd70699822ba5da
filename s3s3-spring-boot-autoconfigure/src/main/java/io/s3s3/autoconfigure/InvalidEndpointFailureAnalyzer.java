package io.s3s3.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which endpoint can't be used, and why, but not what it is.
 */
final class InvalidEndpointFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidEndpointException cause) {
		return new FailureAnalysis(
				"The value of " + cause.getProperty()
						+ " can't be used. It is not shown, for it may hold a password.\n\nReason: " + cause.getRule(),
				"Correct " + cause.getProperty() + ".", cause);
	}

}
