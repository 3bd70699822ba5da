package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.s3s3.internal.io.RangeInputStream;
import io.s3s3.internal.io.SerialQueue;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Records the bytes of a publisher that can be subscribed to only once, so that they can
 * be sent again. More bytes are requested only when a subscriber has taken all earlier
 * ones; of several subscribers the last one is served. A recording that would exceed its
 * limit is dropped; a subscriber that has caught up with the publisher continues
 * nevertheless. Thread-safe: everything happens in tasks of a single queue, on threads
 * that may block.
 */
final class PublisherRecording {

	private static final Logger logger = LoggerFactory.getLogger(PublisherRecording.class);

	private static final byte[] NOTHING = new byte[0];

	private final SerialQueue queue;

	private final Consumer<Throwable> onSourceFailure;

	private final long limit;

	private final TransferSettings settings;

	private final Spool spool;

	private @Nullable Subscription source;

	/** Whether bytes were requested that have not arrived yet. */
	private boolean asked;

	/** How many bytes have arrived; written by the queue. */
	private volatile long size;

	private boolean ended;

	private boolean closed;

	private @Nullable Throwable failure;

	/** The bytes that arrived last, which need not be read back. */
	private byte[] latest = NOTHING;

	/** Why the recording was dropped; written by the queue. */
	private volatile @Nullable String notReplayableReason;

	/** Completes when everything is recorded, if anybody waits for that. */
	private @Nullable CompletableFuture<@Nullable Void> full;

	private @Nullable View view;

	/**
	 * Create a recording.
	 * @param settings where and how much is kept
	 * @param threads threads that may block
	 * @param onSourceFailure receives the error of the publisher
	 */
	PublisherRecording(TransferSettings settings, Executor threads, Consumer<Throwable> onSourceFailure) {
		this.queue = new SerialQueue(threads);
		this.settings = settings;
		this.limit = settings.recordingLimit();
		this.spool = new Spool(settings);
		this.onSourceFailure = onSourceFailure;
	}

	/**
	 * Subscribe to the source.
	 */
	void begin(Publisher<ByteBuffer> source) {
		source.subscribe(new Recorder());
	}

	@Nullable String notReplayableReason() {
		return this.notReplayableReason;
	}

	/**
	 * Return how many bytes have arrived.
	 */
	long size() {
		return this.size;
	}

	/**
	 * Open what has arrived, while nothing more arrives.
	 * @throws IOException if it was not kept
	 */
	InputStream open() throws IOException {
		if (this.notReplayableReason != null) {
			throw new IOException("The body cannot be read again: " + this.notReplayableReason);
		}
		return new RangeInputStream(this.spool::read, 0, this.size);
	}

	/**
	 * Record everything, so that the size is known.
	 * @return completes when it is recorded, or with the error for the caller
	 */
	CompletableFuture<@Nullable Void> recordInFull() {
		CompletableFuture<@Nullable Void> full = new CompletableFuture<>();
		enqueue(() -> {
			this.full = full;
			goOn();
		});
		return full;
	}

	/**
	 * Serve a subscriber from the first byte on, in place of any earlier one.
	 */
	void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		View view = new View(subscriber);
		enqueue(() -> {
			this.view = view;
			subscriber.onSubscribe(view);
		});
	}

	/**
	 * Release the source and the recording.
	 */
	void close() {
		enqueue(() -> {
			this.closed = true;
			this.view = null;
			if (this.source != null && !this.ended) {
				this.source.cancel();
			}
			ReplayBuffer.closeQuietly(this.spool);
		});
	}

	private void goOn() {
		if (this.closed) {
			return;
		}
		if (this.full != null && (this.ended || this.notReplayableReason != null)) {
			endRecording(this.full);
			this.full = null;
		}
		View view = this.view;
		while (view != null && view == this.view && view.isHungry() && view.serve()) {
			view = this.view;
		}
		boolean wanted = this.full != null || (this.view != null && this.view.isHungry());
		if (wanted && !this.ended && !this.asked && this.source != null) {
			this.asked = true;
			this.source.request(1);
		}
	}

	private void endRecording(CompletableFuture<@Nullable Void> full) {
		if (this.failure != null) {
			full.completeExceptionally(SdkClientException.create("Could not read the body", this.failure));
		}
		else if (this.notReplayableReason != null) {
			this.onSourceFailure.accept(new IOException(this.notReplayableReason));
			full.completeExceptionally(
					SdkClientException.create("The body has no length, so it must be recorded before it is sent, but "
							+ this.notReplayableReason + ". State its length"));
		}
		else {
			full.complete(null);
		}
	}

	/**
	 * Run a task of the recording, and end the recording with whatever that throws, since
	 * somebody waits for the end.
	 */
	private void enqueue(Runnable task) {
		this.queue.execute(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				end(ex);
			}
		});
	}

	private void record(byte[] bytes) {
		this.asked = false;
		if (this.ended) {
			return;
		}
		if (this.notReplayableReason == null && !this.closed) {
			keep(bytes);
		}
		this.latest = bytes;
		this.size += bytes.length;
		goOn();
	}

	private void keep(byte[] bytes) {
		if (this.size + bytes.length > this.limit) {
			drop("it is longer than s3s3.transfer.memory-limit and s3s3.transfer.spool-limit together");
			return;
		}
		try {
			this.spool.append(bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			logger.warn("A body cannot be recorded in {}, so it cannot be sent to another location: {}",
					this.settings.directory(), ex.toString());
			logger.debug("Why a body cannot be recorded", ex);
			drop("it could not be recorded in s3s3.transfer.directory");
		}
	}

	private void drop(String reason) {
		this.notReplayableReason = reason;
		ReplayBuffer.closeQuietly(this.spool);
	}

	private void end(@Nullable Throwable failure) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.failure = failure;
		if (failure != null) {
			this.onSourceFailure.accept(failure);
		}
		goOn();
	}

	/**
	 * Receives the signals of the source. The source may reuse its buffers, and may break
	 * the rules: whatever it does, somebody waits for the end.
	 */
	private final class Recorder implements Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Subscription subscription) {
			Objects.requireNonNull(subscription, "The publisher of the body sent no subscription");
			enqueue(() -> {
				if (PublisherRecording.this.closed || PublisherRecording.this.source != null) {
					subscription.cancel();
					return;
				}
				PublisherRecording.this.source = subscription;
				goOn();
			});
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			if (bytes == null) {
				onError(new NullPointerException("The body brought null"));
				return;
			}
			byte[] copy = new byte[bytes.remaining()];
			bytes.get(copy);
			enqueue(() -> record(copy));
		}

		@Override
		public void onError(Throwable error) {
			Throwable failure = Objects.requireNonNullElseGet(error,
					() -> new NullPointerException("The body failed with null"));
			enqueue(() -> end(failure));
		}

		@Override
		public void onComplete() {
			enqueue(() -> end(null));
		}

	}

	/**
	 * A subscriber that is served from the first byte on.
	 */
	private final class View implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private long position;

		private long demand;

		private boolean done;

		View(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
			enqueue(() -> {
				if (count <= 0) {
					finish(new IllegalArgumentException("Demand must be positive, but is " + count));
					return;
				}
				this.demand = (this.demand + count < 0) ? Long.MAX_VALUE : this.demand + count;
				goOn();
			});
		}

		@Override
		public void cancel() {
			enqueue(() -> this.done = true);
		}

		/**
		 * Return whether it can take bytes or the end.
		 */
		boolean isHungry() {
			boolean atEnd = PublisherRecording.this.ended && this.position == PublisherRecording.this.size;
			return !this.done && (this.demand > 0 || atEnd);
		}

		/**
		 * Pass it the next bytes, or the end. Returns whether there was either.
		 */
		boolean serve() {
			long size = PublisherRecording.this.size;
			if (this.position < size) {
				give(size);
				return true;
			}
			if (PublisherRecording.this.ended) {
				finish(PublisherRecording.this.failure);
				return true;
			}
			return false;
		}

		private void give(long size) {
			ByteBuffer bytes;
			try {
				bytes = read(size);
			}
			catch (IOException ex) {
				finish(new UnrecordedException(ex));
				return;
			}
			this.position += bytes.remaining();
			this.demand--;
			this.subscriber.onNext(bytes);
		}

		private ByteBuffer read(long size) throws IOException {
			byte[] latest = PublisherRecording.this.latest;
			long latestAt = size - latest.length;
			if (this.position >= latestAt) {
				int offset = (int) (this.position - latestAt);
				return ByteBuffer.wrap(latest, offset, latest.length - offset).asReadOnlyBuffer();
			}
			if (PublisherRecording.this.notReplayableReason != null) {
				throw new IOException(PublisherRecording.this.notReplayableReason);
			}
			byte[] block = new byte[(int) Math.min(Spool.BLOCK, latestAt - this.position)];
			int read = PublisherRecording.this.spool.read(this.position, block, 0, block.length);
			return ByteBuffer.wrap(block, 0, read);
		}

		private void finish(@Nullable Throwable error) {
			if (this.done) {
				return;
			}
			this.done = true;
			if (error != null) {
				this.subscriber.onError(error);
			}
			else {
				this.subscriber.onComplete();
			}
		}

	}

}
