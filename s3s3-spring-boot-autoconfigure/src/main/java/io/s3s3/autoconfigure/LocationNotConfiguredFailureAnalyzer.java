package io.s3s3.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which property of a location is missing.
 */
final class LocationNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<LocationNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LocationNotConfiguredException cause) {
		String properties = String.join(", ", cause.getMissing());
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set " + properties + ", or set s3s3.enabled=false to do without failover.", cause);
	}

}
