package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.CarryingInputStream;
import io.s3s3.internal.io.MonitoredInputStream;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.io.ResettableInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The body of an upload that may be sent more than once, always in full. One that can be
 * reopened is reopened; any other is read once and recorded as it is read. Not
 * thread-safe; one per call, which closes it.
 */
public final class UploadBody implements SentContent, AutoCloseable {

	/** The SDK's providers of bytes in memory, which open a new stream each time. */
	private static final Set<String> IN_MEMORY = Set.of(ContentStreamProvider.ProviderType.BYTES.getName(),
			ContentStreamProvider.ProviderType.STRING.getName());

	/** What the SDK makes of an array, a string or a buffer: it reads an array. */
	private static final Class<?> ARRAY = RequestBody.empty().contentStreamProvider().getClass();

	private static final String FILE = ContentStreamProvider.ProviderType.FILE.getName();

	private final TransferSettings settings;

	private RequestBody body;

	private boolean opensAnew;

	/** Whether it cannot fail, so that nobody needs to watch it. */
	private boolean cannotFail;

	/** Whether the SDK resets the stream instead of opening another one. */
	private boolean resets;

	/** The stream that was opened last; the SDK leaves it to us to close earlier ones. */
	private @Nullable InputStream opened;

	/** The length of the body, or -1 as long as it is unknown. */
	private long length;

	private @Nullable ReplayBuffer buffer;

	private @Nullable Throwable callerFailure;

	/**
	 * Create a body.
	 * @param body the body as the caller made it
	 * @param settings how it is recorded if necessary
	 */
	public UploadBody(RequestBody body, TransferSettings settings) {
		this.settings = settings;
		this.body = body;
		take(body);
	}

	/**
	 * Record a body of unknown length in full, because S3 requires the length. Does
	 * nothing if that has been done.
	 * @throws SdkClientException if such a body cannot be read, or is too long to be
	 * recorded
	 */
	public void prepare() {
		if (this.length < 0) {
			this.length = recordInFull();
		}
	}

	/**
	 * Return the body for one attempt.
	 * @param progress receives its progress, or {@code null}
	 * @return the body, from its first byte
	 * @throws SdkClientException what {@link #prepare()} throws if it has not been called
	 * yet
	 */
	public RequestBody forAttempt(@Nullable ByteProgress progress) {
		prepare();
		return (this.cannotFail && progress == null) ? this.body
				: RequestBody.fromContentProvider(new AttemptContent(progress), this.length, this.body.contentType());
	}

	@Override
	public long size() {
		return this.length;
	}

	@Override
	public InputStream reopen() {
		return forAttempt(null).contentStreamProvider().newStream();
	}

	@Override
	public @Nullable String notReplayableReason() {
		return (this.buffer != null) ? this.buffer.notReplayableReason() : null;
	}

	@Override
	public @Nullable Throwable callerFailure() {
		return this.callerFailure;
	}

	@Override
	public void replaceWith(RequestBody replacement) {
		requireLength(replacement, this.length);
		close();
		this.buffer = null;
		this.body = replacement;
		take(replacement);
	}

	@Override
	public void close() {
		closeOpened();
		if (this.buffer != null) {
			this.buffer.close();
		}
	}

	private void take(RequestBody body) {
		this.length = body.optionalContentLength().orElse(-1L);
		ContentStreamProvider provider = body.contentStreamProvider();
		this.resets = false;
		this.opensAnew = this.length >= 0 && (isInMemory(provider) || provider.name().equals(FILE));
		this.cannotFail = provider.getClass() == ARRAY && isAsLongAsStated(provider);
	}

	/**
	 * Return whether an array is as long as the body, which the caller may have made of
	 * it with another length.
	 */
	private boolean isAsLongAsStated(ContentStreamProvider array) {
		try (InputStream stream = array.newStream()) {
			return stream.available() == this.length;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private long recordInFull() {
		try {
			ReplayBuffer buffer = record(newStream());
			long length = buffer.fill(Long.MAX_VALUE);
			if (buffer.notReplayableReason() != null) {
				failed(new IOException(buffer.notReplayableReason()));
				throw SdkClientException.create("The body has no length, so it must be recorded before it is sent, but "
						+ buffer.notReplayableReason()
						+ ". State its length, or upload it in parts: FailoverS3Template.upload");
			}
			return length;
		}
		catch (IOException ex) {
			throw SdkClientException.create("Could not read the body", ex);
		}
	}

	private InputStream open() {
		if (this.opensAnew) {
			closeOpened();
			this.callerFailure = null;
			this.opened = newStream();
			return this.opened;
		}
		if (this.resets) {
			return newStream();
		}
		if (this.buffer == null) {
			InputStream stream = newStream();
			// The SDK goes back in a file as far as necessary.
			if (stream instanceof ResettableInputStream) {
				this.resets = true;
				return stream;
			}
			return record(stream).open(0, this.length);
		}
		if (this.buffer.notReplayableReason() != null) {
			// The SDK, which would try again at the same location, keeps the first
			// failure.
			throw SdkClientException.create("The body cannot be sent again: " + this.buffer.notReplayableReason());
		}
		return this.buffer.open(0, this.length);
	}

	private void closeOpened() {
		if (this.opened != null) {
			ReplayBuffer.closeQuietly(this.opened);
			this.opened = null;
		}
	}

	private ReplayBuffer record(InputStream stream) {
		this.buffer = new ReplayBuffer(stream, this.settings, this::failed);
		return this.buffer;
	}

	static InputStream open(ContentStreamProvider provider, long length, TransferSettings settings) {
		return (length < 0) ? UnknownLengthBodies.open(provider, settings) : provider.newStream();
	}

	static boolean isInMemory(ContentStreamProvider provider) {
		return IN_MEMORY.contains(provider.name());
	}

	static void requireLength(RequestBody replacement, long length) {
		long other = replacement.optionalContentLength().orElse(-1L);
		if (length >= 0 && other >= 0 && other != length) {
			throw new IllegalArgumentException(
					"The body has " + other + " bytes, but the one that it replaces has " + length);
		}
	}

	private InputStream newStream() {
		try {
			return open(this.body.contentStreamProvider(), this.length, this.settings);
		}
		catch (RuntimeException ex) {
			failed(ex);
			throw ex;
		}
	}

	private void failed(Throwable failure) {
		this.callerFailure = failure;
	}

	/**
	 * The content of one attempt, which the SDK may open more than once.
	 */
	private final class AttemptContent implements ContentStreamProvider {

		private final @Nullable ByteProgress progress;

		AttemptContent(@Nullable ByteProgress progress) {
			this.progress = progress;
		}

		@Override
		public InputStream newStream() {
			return new CarryingInputStream(
					new MonitoredInputStream(open(), UploadBody.this.length, this.progress, UploadBody.this::failed),
					UploadBody.this::failed);
		}

		@Override
		public String name() {
			return UploadBody.this.body.contentStreamProvider().name();
		}

	}

}
