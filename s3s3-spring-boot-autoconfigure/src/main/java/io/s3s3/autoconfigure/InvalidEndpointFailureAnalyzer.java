package io.s3s3.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which endpoint cannot be used and why, without showing its value.
 */
final class InvalidEndpointFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidEndpointException cause) {
		return new FailureAnalysis("The value of " + cause.getProperty()
				+ " cannot be used. It is not shown because it may contain a password.\n\nReason: " + cause.getRule(),
				"Correct " + cause.getProperty() + ".", cause);
	}

}
