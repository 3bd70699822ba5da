package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.utils.async.InputStreamSubscriber;

/**
 * The body of an asynchronous upload that may be sent more than once, always in full. A
 * body does not tell whether it can be subscribed to again: the SDK's own bodies of files
 * and bytes can; any other is subscribed to once, right away, and recorded as it passes.
 * Not thread-safe; one per call, which closes it.
 */
public final class AsyncUploadBody implements SentContent, AutoCloseable {

	private static final String SDK = "software.amazon.awssdk.";

	private static final String FILE = AsyncRequestBody.BodyType.FILE.getName();

	/** The bodies of the SDK that start over for each subscriber. */
	private static final Set<String> REPEATABLE = Set.of(FILE, AsyncRequestBody.BodyType.BYTES.getName());

	private final TransferSettings settings;

	private final Executor workers;

	/** Whether the request states the length, whatever the body knows. */
	private final boolean lengthInRequest;

	private AsyncRequestBody body;

	private @Nullable PublisherRecording recording;

	private volatile @Nullable Throwable callerFailure;

	/**
	 * Create a body.
	 * @param body the body as the caller made it
	 * @param lengthInRequest whether the request states its length
	 * @param settings how it is recorded if necessary
	 * @param workers threads that may read and write files
	 */
	public AsyncUploadBody(AsyncRequestBody body, boolean lengthInRequest, TransferSettings settings,
			Executor workers) {
		this.body = body;
		this.lengthInRequest = lengthInRequest;
		this.settings = settings;
		this.workers = workers;
	}

	/**
	 * Start to record the body if necessary, and record one of unknown length in full,
	 * because S3 requires the length.
	 * @return completes when the body can be sent
	 */
	public CompletableFuture<?> prepare() {
		if (isRepeatable(this.body)) {
			return CompletableFuture.completedFuture(null);
		}
		PublisherRecording recording = this.recording;
		if (recording == null) {
			recording = new PublisherRecording(this.settings, this.workers, this::failed);
			this.recording = recording;
			begin(recording);
		}
		boolean sized = this.lengthInRequest || this.body.contentLength().isPresent();
		return sized ? CompletableFuture.completedFuture(null) : recording.recordInFull();
	}

	private void begin(PublisherRecording recording) {
		try {
			recording.begin(this.body);
		}
		catch (Throwable ex) {
			failed(ex);
			throw ex;
		}
	}

	/**
	 * Return the body for one attempt.
	 * @param progress receives its progress, or {@code null}
	 * @return the body, from its first byte for each subscriber
	 */
	public AsyncRequestBody forAttempt(@Nullable ByteProgress progress) {
		if (this.recording == null) {
			this.callerFailure = null;
		}
		return new AttemptBody(progress);
	}

	@Override
	public long size() {
		long told = this.body.contentLength().orElse(-1L);
		// Bytes of a publisher beyond its length are not sent.
		return (this.recording == null || (told >= 0 && told < this.recording.size())) ? told : this.recording.size();
	}

	@Override
	public InputStream reopen() throws IOException {
		if (this.recording != null) {
			return this.recording.open();
		}
		InputStreamSubscriber stream = new InputStreamSubscriber();
		this.body.subscribe(stream);
		return stream;
	}

	@Override
	public @Nullable String notReplayableReason() {
		return (this.recording != null) ? this.recording.notReplayableReason() : null;
	}

	@Override
	public @Nullable Throwable callerFailure() {
		return this.callerFailure;
	}

	@Override
	public void replaceWith(RequestBody replacement) {
		long length = this.body.contentLength().orElse(-1L);
		UploadBody.requireLength(replacement, length);
		close();
		this.recording = null;
		this.callerFailure = null;
		this.body = new StreamBody(replacement, this.workers);
	}

	@Override
	public void close() {
		if (this.recording != null) {
			this.recording.close();
		}
	}

	private void failed(Throwable failure) {
		this.callerFailure = failure;
	}

	private static boolean isRepeatable(AsyncRequestBody body) {
		return body.getClass().getName().startsWith(SDK) && REPEATABLE.contains(body.body());
	}

	/**
	 * The body of one attempt, which the SDK may subscribe to more than once.
	 */
	private final class AttemptBody implements AsyncRequestBody {

		private final AsyncRequestBody original = AsyncUploadBody.this.body;

		private final @Nullable PublisherRecording recorded = AsyncUploadBody.this.recording;

		private final @Nullable ByteProgress progress;

		AttemptBody(@Nullable ByteProgress progress) {
			this.progress = progress;
		}

		@Override
		public Optional<Long> contentLength() {
			Optional<Long> known = this.original.contentLength();
			return (known.isEmpty() && this.recorded != null && !AsyncUploadBody.this.lengthInRequest)
					? Optional.of(this.recorded.size()) : known;
		}

		@Override
		public String contentType() {
			return this.original.contentType();
		}

		@Override
		public String body() {
			return this.original.body();
		}

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			Subscriber<ByteBuffer> monitor = new MonitoringSubscriber(subscriber, contentLength().orElse(-1L),
					this.progress, AsyncUploadBody.this::failed);
			if (this.recorded != null) {
				this.recorded.subscribe(monitor);
			}
			else if (this.original.body().equals(FILE)) {
				// It is opened right here, and this may be an event loop.
				AsyncUploadBody.this.workers.execute(() -> this.original.subscribe(monitor));
			}
			else {
				this.original.subscribe(monitor);
			}
		}

	}

}
