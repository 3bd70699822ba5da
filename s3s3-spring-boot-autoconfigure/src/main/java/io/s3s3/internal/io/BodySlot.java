package io.s3s3.internal.io;

import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Accepts another body for a call.
 */
public interface BodySlot {

	/**
	 * Return whether there is no body to send.
	 * @return whether it is lost
	 */
	boolean isLost();

	/**
	 * Send another body.
	 * @param body the body
	 */
	void replace(RequestBody body);

}
