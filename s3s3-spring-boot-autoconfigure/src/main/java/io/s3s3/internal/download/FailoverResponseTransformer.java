package io.s3s3.internal.download;

import java.io.IOException;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.MonitoredInputStream;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Passes a download to the caller's transformer as a stream that survives a switch, and
 * records the response. Not thread-safe; one per attempt.
 *
 * @param <R> the type of the response
 * @param <T> the type of the result
 */
public final class FailoverResponseTransformer<R, T> implements ResponseTransformer<R, T> {

	private static final String IN_MEMORY = TransformerType.BYTES.getName();

	private final ResponseTransformer<R, T> delegate;

	private final TransferSettings settings;

	private final @Nullable ByteProgress progress;

	private final DownloadResumer resumer;

	/** Whether the bytes differ from those of the object at S3. */
	private final boolean decrypted;

	private @Nullable R response;

	private boolean transformerFailed;

	private boolean streamFailed;

	/**
	 * Create a transformer for one attempt.
	 * @param delegate the caller's transformer
	 * @param settings whether bodies are digested
	 * @param progress receives the progress of the body, or {@code null}
	 * @param resumer what fetches the rest of an object when the body breaks
	 * @param decrypted whether the client decrypts what S3 answers: such a body can be
	 * neither resumed nor verified
	 */
	public FailoverResponseTransformer(ResponseTransformer<R, T> delegate, TransferSettings settings,
			@Nullable ByteProgress progress, DownloadResumer resumer, boolean decrypted) {
		this.decrypted = decrypted;
		this.delegate = delegate;
		this.settings = settings;
		this.progress = progress;
		this.resumer = resumer;
	}

	/**
	 * Return the response that was passed on last.
	 * @return the response, or {@code null} if there was none
	 */
	public @Nullable R response() {
		return this.response;
	}

	/**
	 * Return whether the caller's transformer failed though the download did not.
	 * @return whether it failed on its own
	 */
	public boolean failedAtCaller() {
		return this.transformerFailed && !this.streamFailed;
	}

	@Override
	public T transform(R response, AbortableInputStream stream) throws Exception {
		this.transformerFailed = false;
		this.streamFailed = false;
		begin(response, stream);
		if (!(response instanceof GetObjectResponse answer)) {
			this.response = response;
			return handOn(response, monitored(response, stream));
		}
		AbortableInputStream body = ObjectCheck.requireObject(answer, stream);
		this.response = response;
		ObjectRange object = this.decrypted ? null : ObjectRange.of(answer);
		return (object != null) ? transform(answer, response, resuming(answer, object, body))
				: handOn(response, monitored(response, body));
	}

	private void begin(R response, AbortableInputStream stream) {
		try {
			this.resumer.begin((response instanceof S3Response answer) ? answer : null);
		}
		catch (RuntimeException ex) {
			// The SDK would read all of it.
			stream.abort();
			throw ex;
		}
	}

	/**
	 * Open the body. Its first byte arrives before anything is passed on: until then the
	 * call may start over at another location, whatever the transformer does.
	 */
	private ResumingInputStream resuming(GetObjectResponse response, ObjectRange object, AbortableInputStream stream) {
		// A body that ends up in memory or in a file can still be digested at the end.
		boolean kept = this.delegate instanceof FileDownload || this.delegate.name().equals(IN_MEMORY);
		boolean inParts = this.delegate instanceof FileDownload file && file.isLarge(object);
		boolean running = !inParts && (this.settings.digestStreams() || (!kept && object.length() < 0));
		BodyVerification verification = BodyVerification.of(response, running, kept);
		try {
			BodySegment first = BodySegment.begin(object, stream, this.resumer, this.progress);
			return new ResumingInputStream(first, verification);
		}
		catch (IOException ex) {
			throw RetryableException.create("The body of the answer did not begin", ex);
		}
	}

	@SuppressWarnings("unchecked") // a file download returns the response
	private T transform(GetObjectResponse answer, R response, ResumingInputStream body) throws Exception {
		boolean handedOut = false;
		// The exceptions of a file download tell what failed.
		this.transformerFailed = !(this.delegate instanceof FileDownload);
		try {
			T result = (this.delegate instanceof FileDownload file) ? (T) file.transform(answer, body)
					: this.delegate.transform(response, AbortableInputStream.create(body, body));
			this.transformerFailed = false;
			if (result instanceof ResponseBytes<?> bytes && body.isUnverified()) {
				BodyVerification.requireWhole(answer, bytes.asByteArrayUnsafe());
			}
			handedOut = needsConnectionLeftOpen();
			return result;
		}
		finally {
			this.streamFailed = body.hasFailed();
			if (!handedOut) {
				// The SDK would read what the transformer left, even gigabytes.
				body.close();
			}
		}
	}

	private T handOn(R response, AbortableInputStream stream) throws Exception {
		this.transformerFailed = true;
		T result = this.delegate.transform(response, stream);
		this.transformerFailed = false;
		return result;
	}

	private AbortableInputStream monitored(R response, AbortableInputStream stream) {
		// An encrypted object is longer than its content.
		long total = (response instanceof GetObjectResponse object && object.contentLength() != null && !this.decrypted
				&& !ObjectRange.isEncrypted(object.metadata())) ? object.contentLength() : -1;
		return AbortableInputStream.create(
				new MonitoredInputStream(stream, total, this.progress, (failure) -> this.streamFailed = true), stream);
	}

	@Override
	public boolean needsConnectionLeftOpen() {
		return this.delegate.needsConnectionLeftOpen();
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

}
