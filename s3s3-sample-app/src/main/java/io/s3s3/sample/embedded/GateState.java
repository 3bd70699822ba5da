package io.s3s3.sample.embedded;

/**
 * What a {@link Gate} does with connections.
 */
public enum GateState {

	/**
	 * Bytes pass.
	 */
	OPEN,

	/**
	 * Nobody listens: new connections are refused, and the existing ones were reset.
	 */
	REFUSING,

	/**
	 * Connections are accepted, or stay, and never get an answer.
	 */
	HANGING

}
