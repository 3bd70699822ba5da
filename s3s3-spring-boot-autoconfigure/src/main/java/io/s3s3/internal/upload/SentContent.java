package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;

/**
 * A body that can be read again as it was sent.
 */
public interface SentContent extends SentBody {

	/**
	 * Return how many bytes it has.
	 * @return the number
	 */
	long size();

	/**
	 * Open it once more.
	 * @return all its bytes
	 * @throws IOException if it cannot be read again
	 */
	InputStream reopen() throws IOException;

}
