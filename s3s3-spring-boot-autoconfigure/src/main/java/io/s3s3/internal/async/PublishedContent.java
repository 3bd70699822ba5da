package io.s3s3.internal.async;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What a publisher publishes, as a stream. Each element is requested by whoever reads the
 * stream, when all earlier ones have been read. The publisher may break the rules: if it
 * ends, the stream does. It is read by one thread; signals may come from any.
 */
final class PublishedContent extends InputStream implements Subscriber<ByteBuffer> {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition signalled = this.lock.newCondition();

	/** Guarded by "lock", like the next fields. */
	private final Queue<ByteBuffer> arrived = new ArrayDeque<>();

	private @Nullable Subscription subscription;

	/** Whether an element was requested that has not arrived yet. */
	private boolean asked;

	private boolean ended;

	private @Nullable Throwable failure;

	/**
	 * Subscribe to a publisher.
	 */
	void subscribeTo(Publisher<ByteBuffer> publisher) {
		try {
			publisher.subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (subscription == null) {
			onError(new NullPointerException("The publisher of the body sent no subscription"));
			return;
		}
		boolean wanted = locked(() -> {
			boolean first = this.subscription == null && !this.ended;
			if (first) {
				this.subscription = subscription;
			}
			return first;
		});
		if (!wanted) {
			subscription.cancel();
		}
	}

	@Override
	public void onNext(ByteBuffer bytes) {
		if (bytes == null) {
			onError(new NullPointerException("The body brought null"));
			return;
		}
		// The publisher may use its buffer again.
		ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
		locked(() -> {
			this.asked = false;
			return this.ended || this.arrived.add(copy);
		});
	}

	@Override
	public void onError(Throwable error) {
		end(Objects.requireNonNullElseGet(error, () -> new NullPointerException("The body failed with null")));
	}

	@Override
	public void onComplete() {
		end(null);
	}

	private @Nullable Subscription end(@Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (this.ended) {
				return null;
			}
			this.ended = true;
			this.failure = failure;
			this.signalled.signalAll();
			return this.subscription;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean locked(BooleanSupplier change) {
		this.lock.lock();
		try {
			boolean result = change.getAsBoolean();
			this.signalled.signalAll();
			return result;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int read() throws IOException {
		return StreamReads.single(this);
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		Step step = next(target, offset, length);
		while (step.request() != null || step.read() == 0) {
			if (step.request() != null) {
				request(step.request());
			}
			step = next(target, offset, length);
		}
		return step.read();
	}

	/**
	 * Ask for an element, on this thread, since a publisher may publish at once.
	 */
	private void request(Subscription subscription) {
		try {
			subscription.request(1);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	private Step next(byte[] target, int offset, int length) throws IOException {
		this.lock.lock();
		try {
			while (true) {
				ByteBuffer first = this.arrived.peek();
				if (first != null) {
					return new Step(null, take(first, target, offset, length));
				}
				if (this.ended) {
					return new Step(null, atEnd());
				}
				if (this.subscription != null && !this.asked) {
					this.asked = true;
					return new Step(this.subscription, 0);
				}
				this.signalled.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for the publisher of the body");
		}
		finally {
			this.lock.unlock();
		}
	}

	private int take(ByteBuffer first, byte[] target, int offset, int length) {
		int read = Math.min(length, first.remaining());
		first.get(target, offset, read);
		if (!first.hasRemaining()) {
			this.arrived.remove();
		}
		return read;
	}

	private int atEnd() throws IOException {
		Throwable failure = this.failure;
		if (failure instanceof IOException broken) {
			throw broken;
		}
		if (failure != null) {
			throw new IOException(String.valueOf(failure.getMessage()), failure);
		}
		return -1;
	}

	/**
	 * Cancel the subscription, unless the publisher has ended.
	 */
	@Override
	public void close() {
		Subscription open = end(new IOException("The upload has ended"));
		if (open != null) {
			open.cancel();
		}
	}

	/**
	 * What a read comes to.
	 *
	 * @param request what to request an element from, or {@code null}
	 * @param read how many bytes were read, 0 to read again, -1 at the end
	 */
	private record Step(@Nullable Subscription request, int read) {

	}

}
