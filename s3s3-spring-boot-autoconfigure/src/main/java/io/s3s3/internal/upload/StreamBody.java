package io.s3s3.internal.upload;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.s3s3.internal.io.SerialQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A body that is read from a stream on demand, on threads that may block.
 */
final class StreamBody implements AsyncRequestBody {

	private final RequestBody body;

	private final Executor workers;

	StreamBody(RequestBody body, Executor workers) {
		this.body = body;
		this.workers = workers;
	}

	@Override
	public Optional<Long> contentLength() {
		return this.body.optionalContentLength();
	}

	@Override
	public String contentType() {
		return this.body.contentType();
	}

	@Override
	public String body() {
		return BodyType.STREAM.getName();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		subscriber.onSubscribe(new Reading(subscriber));
	}

	/**
	 * Reads the stream for one subscriber, one block for each requested element.
	 */
	private final class Reading implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		/** Only its tasks use the stream. */
		private final SerialQueue queue = new SerialQueue(StreamBody.this.workers);

		private @Nullable InputStream stream;

		private boolean ended;

		Reading(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
			this.queue.execute(() -> {
				for (long i = 0; i < count && !this.ended; i++) {
					readBlock();
				}
			});
		}

		@Override
		public void cancel() {
			this.queue.execute(this::end);
		}

		private void readBlock() {
			byte[] block;
			try {
				if (this.stream == null) {
					this.stream = StreamBody.this.body.contentStreamProvider().newStream();
				}
				block = this.stream.readNBytes(Spool.BLOCK);
			}
			catch (Exception ex) {
				end();
				this.subscriber.onError(ex);
				return;
			}
			if (block.length > 0) {
				this.subscriber.onNext(ByteBuffer.wrap(block));
			}
			else {
				end();
				this.subscriber.onComplete();
			}
		}

		private void end() {
			this.ended = true;
			ReplayBuffer.closeQuietly(this.stream);
		}

	}

}
