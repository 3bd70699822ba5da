package io.s3s3.internal.io;

import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Where a call takes another body from.
 */
public interface BodySlot {

	/**
	 * Return whether there is no body to send.
	 * @return whether it is lost
	 */
	boolean isLost();

	/**
	 * Take another body.
	 * @param body the body
	 */
	void replace(RequestBody body);

}
