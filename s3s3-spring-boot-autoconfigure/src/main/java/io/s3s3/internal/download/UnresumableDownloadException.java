package io.s3s3.internal.download;

import java.io.IOException;
import java.io.Serial;

/**
 * A download broke, and no location has the rest. All of them were asked, so there is no
 * point in trying again.
 */
public final class UnresumableDownloadException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message how far the download had come, and why it cannot continue
	 * @param cause the last error
	 */
	public UnresumableDownloadException(String message, Throwable cause) {
		super(message, cause);
	}

}
