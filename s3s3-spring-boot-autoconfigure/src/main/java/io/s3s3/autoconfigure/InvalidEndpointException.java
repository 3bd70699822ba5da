package io.s3s3.autoconfigure;

/**
 * An endpoint cannot be used. The exception does not show it, because it may contain a
 * password.
 */
final class InvalidEndpointException extends RuntimeException {

	private final String property;

	private final String rule;

	InvalidEndpointException(String property, String rule) {
		super("Property " + property + " is invalid: " + rule);
		this.property = property;
		this.rule = rule;
	}

	String getProperty() {
		return this.property;
	}

	String getRule() {
		return this.rule;
	}

}
