package io.s3s3.internal.download;

import java.io.IOException;
import java.io.Serial;

/**
 * A download broke, and no location has the rest. All of them were asked: there is no use
 * in trying the same again.
 */
public final class UnresumableDownloadException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message how far the download had come, and why it does not go on
	 * @param cause the last error
	 */
	public UnresumableDownloadException(String message, Throwable cause) {
		super(message, cause);
	}

}
