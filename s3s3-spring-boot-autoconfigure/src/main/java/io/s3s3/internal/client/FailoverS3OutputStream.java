package io.s3s3.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;

import io.awspring.cloud.s3.S3OutputStream;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.internal.text.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Stores what is written to it as an object, which exists once the stream is closed. A
 * thread of its own uploads while more is being written; a small object is stored by
 * {@link #close()}. Not thread-safe.
 */
public final class FailoverS3OutputStream extends S3OutputStream {

	private static final Logger logger = LoggerFactory.getLogger(FailoverS3OutputStream.class);

	private static final int CHUNK = 1 << 16;

	private final BiFunction<PutObjectRequest, RequestBody, PutObjectResponse> uploader;

	private final TransferThreads threads;

	private final PutObjectRequest request;

	private final String contentType;

	private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

	private final BytePipe pipe = new BytePipe();

	private @Nullable FutureTask<PutObjectResponse> upload;

	private boolean started;

	private boolean closed;

	/** Whether the upload has failed. */
	private boolean failed;

	/**
	 * Create a stream.
	 * @param uploader stores the object
	 * @param threads makes the thread of the upload
	 * @param request the request to store the object
	 */
	public FailoverS3OutputStream(BiFunction<PutObjectRequest, RequestBody, PutObjectResponse> uploader,
			TransferThreads threads, PutObjectRequest request) {
		this.uploader = uploader;
		this.threads = threads;
		this.request = request;
		String type = request.contentType();
		this.contentType = (type != null) ? type : "application/octet-stream";
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.closed) {
			throw new IOException("The stream is closed");
		}
		int from = offset;
		int left = length;
		while (left > 0) {
			int taken = Math.min(left, CHUNK - this.buffer.size());
			this.buffer.write(bytes, from, taken);
			from += taken;
			left -= taken;
			if (this.buffer.size() == CHUNK) {
				handOver();
			}
		}
	}

	/**
	 * Complete the object. Throws what the upload throws.
	 */
	@Override
	public void close() throws IOException {
		if (this.closed) {
			return;
		}
		if (!this.started) {
			this.closed = true;
			this.failed = true;
			PutObjectResponse unused = this.uploader.apply(this.request,
					RequestBody.fromContentProvider(
							ContentStreamProvider.fromByteArrayUnsafe(this.buffer.toByteArray()), this.buffer.size(),
							this.contentType));
			this.failed = false;
			return;
		}
		handOver();
		this.closed = true;
		this.pipe.end();
		await();
	}

	/**
	 * Give up the upload: no object is stored, and no parts are left behind. Does
	 * nothing, and does not throw, if the upload has failed already.
	 */
	@Override
	public void abort() throws IOException {
		if (this.failed) {
			return;
		}
		if (this.closed) {
			throw new IllegalStateException("Stream is already closed. Too late to abort.");
		}
		this.closed = true;
		if (this.started) {
			this.pipe.fail(new IOException("The upload was aborted"));
			try {
				await();
			}
			catch (RuntimeException ex) {
				logger.debug("The upload was aborted: {}", Printable.of(ex));
			}
		}
	}

	private void handOver() throws IOException {
		if (!this.started) {
			start();
		}
		byte[] chunk = this.buffer.toByteArray();
		this.buffer.reset();
		try {
			if (!this.pipe.offer(chunk)) {
				this.closed = true;
				await();
			}
		}
		catch (InterruptedIOException ex) {
			this.closed = true;
			this.failed = true;
			this.pipe.fail(ex);
			throw ex;
		}
	}

	/**
	 * Start the upload. If it cannot start, nobody waits for it.
	 */
	private void start() {
		this.closed = true;
		this.failed = true;
		Callable<PutObjectResponse> task = this.threads.inContext(this::upload);
		FutureTask<PutObjectResponse> upload = new FutureTask<>(() -> {
			try (BytePipe content = this.pipe) {
				return task.call();
			}
		});
		this.threads.named("s3s3-upload").newThread(upload).start();
		this.upload = upload;
		this.started = true;
		this.closed = false;
		this.failed = false;
	}

	private PutObjectResponse upload() {
		return this.uploader.apply(this.request, RequestBody.fromContentProvider(() -> this.pipe, this.contentType));
	}

	private void await() throws IOException {
		this.failed = true;
		try {
			Objects.requireNonNull(this.upload).get();
			this.failed = false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.pipe.fail(new InterruptedIOException("Interrupted"));
			throw new InterruptedIOException("Interrupted while the object was stored");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw (Error) ex.getCause();
		}
	}

}
