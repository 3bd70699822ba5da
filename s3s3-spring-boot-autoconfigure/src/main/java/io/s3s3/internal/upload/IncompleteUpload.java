package io.s3s3.internal.upload;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.text.ErrorCode;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A multipart upload that was given up and whose parts are still at a location.
 *
 * @param location where it is
 * @param request the request that aborts it
 * @param workers the threads that may still be sending parts
 */
record IncompleteUpload(Location location, AbortMultipartUploadRequest request, ExecutorService workers) {

	private static final Logger logger = LoggerFactory.getLogger(IncompleteUpload.class);

	/** How long the parts of an upload may take to end before it is aborted. */
	private static final int PATIENCE_SECONDS = 2;

	/**
	 * Statuses of refusals that may be temporary: 401, 408, and a conflict with another
	 * request.
	 */
	private static final Set<Integer> PASSING = Set.of(401, 408, 409);

	/** Codes of other refusals that may be temporary. */
	private static final Set<String> PASSING_CODES = Set.of("ExpiredToken", "InvalidToken", "RequestTimeout",
			"TokenRefreshRequired");

	/**
	 * Create an upload that a process left open before it ended.
	 */
	static IncompleteUpload recovered(Location location, OpenUpload upload) {
		return quiet(location, upload.abort(location));
	}

	/**
	 * Create an upload that nobody sends parts to any more.
	 */
	static IncompleteUpload quiet(Location location, AbortMultipartUploadRequest request) {
		ExecutorService ended = Executors.newSingleThreadExecutor();
		ended.shutdown();
		return new IncompleteUpload(location, request, ended);
	}

	/**
	 * Return whether parts may still be in flight, which could survive an abort.
	 */
	boolean isBusy() {
		return !this.workers.isTerminated();
	}

	/**
	 * Wait a moment for the threads that may still be sending parts. Returns whether they
	 * have ended.
	 */
	boolean awaitWorkers() {
		try {
			return this.workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Abort the upload. Returns whether nothing is left to do: the upload is gone, or S3
	 * refuses to abort it.
	 */
	boolean abort() {
		try {
			this.location.client().abortMultipartUpload(this.request);
			logger.debug("Aborted the {}", this);
			return true;
		}
		catch (RuntimeException ex) {
			return isInVain(ex);
		}
	}

	private boolean isInVain(RuntimeException error) {
		// A client that encrypts wraps the answer of S3 in an exception of its own.
		Throwable answer = (error instanceof S3Exception) ? error : error.getCause();
		if (answer instanceof NoSuchUploadException) {
			return true;
		}
		if (answer instanceof S3Exception ex && !isPassing(ex)) {
			logger.warn("S3 refused ({}) to abort the {}; do so yourself, since S3 charges for its parts",
					(ErrorCode.of(ex) != null) ? Printable.of(ErrorCode.of(ex)) : ex.statusCode(), this);
			return true;
		}
		return false;
	}

	private static boolean isPassing(S3Exception error) {
		int status = error.statusCode();
		String code = ErrorCode.of(error);
		return status < 400 || status >= 500 || PASSING.contains(status) || error.isThrottlingException()
				|| error.isClockSkewException() || (code != null && PASSING_CODES.contains(code));
	}

	@Override
	public String toString() {
		return "upload %s of '%s' at the %s location".formatted(Printable.of(this.request.uploadId()),
				Printable.of(this.request.key()), this.location.role());
	}

}
