package io.s3s3.internal.download;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.io.GuardedSubscriber;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The body of an asynchronous download, which continues with another answer if one
 * breaks: no byte comes twice, none is left out, and it completes only after the last
 * one. No more is requested from an answer than the subscriber requested; cancelling
 * frees the connection. For one subscriber.
 * <p>
 * Bytes are passed on by the thread that brings them, usually an event loop; the rest of
 * a broken answer is fetched by a thread that may block. Answers follow one another, so
 * two threads never touch the state of the bytes at the same time.
 */
final class ResumingPublisher implements SdkPublisher<ByteBuffer>, OpenBody.Receiver {

	private final BodyVerification verification;

	private final Executor workers;

	private final Consumer<Throwable> onSubscriberFailure;

	/** Completes when the subscriber has cancelled. */
	private final CompletableFuture<@Nullable Void> cancelled = new CompletableFuture<>();

	private final AtomicBoolean taken = new AtomicBoolean();

	private final DownloadDemand demand = new DownloadDemand(this::handOn);

	/** Written before anything is requested. */
	private volatile @Nullable GuardedSubscriber subscriber;

	/** Replaced between two answers. */
	private volatile AsyncBodySegment segment;

	/** Why it ended before anybody subscribed. */
	private volatile @Nullable Throwable aborted;

	private volatile boolean failed;

	private volatile boolean joined;

	/** Belongs to the thread that brings bytes, like all that is done with them. */
	private long position;

	private volatile ReaderPauses pauses = new ReaderPauses(System::nanoTime);

	/** Whether there is no demand. */
	private volatile boolean paused = true;

	/**
	 * Create a publisher.
	 * @param first the answer that begins it
	 * @param verification verifies the bytes
	 * @param workers the threads that may block
	 * @param onSubscriberFailure receives what the subscriber threw
	 */
	ResumingPublisher(AsyncBodySegment first, BodyVerification verification, Executor workers,
			Consumer<Throwable> onSubscriberFailure) {
		this.segment = first;
		this.verification = verification;
		this.workers = workers;
		this.onSubscriberFailure = onSubscriberFailure;
	}

	/**
	 * Return whether it ended with an error that is not the subscriber's.
	 */
	boolean hasFailed() {
		return this.failed;
	}

	/**
	 * Return whether the bytes still have to be verified: those of several answers, and
	 * those of an answer without a length, unless they were digested as they passed.
	 */
	boolean isUnverified() {
		return this.verification.digest() == null && isDoubtful();
	}

	private boolean isDoubtful() {
		return this.joined || this.segment.length() < 0;
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		if (!this.taken.compareAndSet(false, true)) {
			subscriber.onSubscribe(new NoDemand());
			subscriber.onError(new IllegalStateException("The body of a download is for one subscriber"));
			return;
		}
		GuardedSubscriber guarded = new GuardedSubscriber(subscriber, this::subscriberFailed);
		try {
			subscriber.onSubscribe(new Demand());
		}
		catch (Throwable ex) {
			subscriberFailed(ex);
			throw ex;
		}
		this.subscriber = guarded;
		Throwable aborted = this.aborted;
		if (aborted != null) {
			guarded.end(aborted);
		}
		this.demand.begin(this.segment.body(), this);
	}

	/**
	 * End the body early.
	 * @param error why
	 */
	void abort(Throwable error) {
		this.aborted = error;
		this.cancelled.complete(null);
		GuardedSubscriber subscriber = this.subscriber;
		if (subscriber != null) {
			subscriber.end(error);
		}
		this.segment.body().cancel();
	}

	@Override
	public void onBytes(OpenBody body, ByteBuffer bytes) {
		if (this.demand.came() == 0) {
			this.pauses.beginPause();
			this.paused = true;
		}
		handOn(bytes);
	}

	private void handOn(ByteBuffer bytes) {
		long length = this.segment.length();
		int count = bytes.remaining();
		if (length >= 0 && this.position + count > length) {
			fail(new IOException("The answer has more than the %d bytes that it announced".formatted(length)));
			return;
		}
		this.verification.update(bytes);
		this.position += count;
		Throwable thrown = Objects.requireNonNull(this.subscriber).next(bytes);
		if (thrown != null) {
			subscriberFailed(thrown);
		}
		else if (this.segment.progress() != null && count > 0) {
			this.segment.progress().moved(this.position, length);
		}
	}

	@Override
	public void onEnd(OpenBody body, @Nullable Throwable error) {
		if (body != this.segment.body() || this.cancelled.isDone()) {
			return;
		}
		long length = this.segment.length();
		if (length >= 0 && this.position < length) {
			resume((error != null) ? error
					: new EOFException("The answer ended after %d of %d bytes".formatted(this.position, length)));
		}
		else if (error != null && (length < 0 || error instanceof AbortedException)) {
			resume(error);
		}
		else if (error instanceof SdkException mismatch) {
			fail(BodyVerification.mismatch(mismatch));
		}
		else {
			complete(length);
		}
	}

	/**
	 * Complete, if all bytes are as they should be. An answer that broke after its last
	 * byte lacks nothing.
	 */
	private void complete(long length) {
		try {
			if (length < 0) {
				this.verification.requireEnd(this.position);
			}
		}
		catch (EOFException ex) {
			resume(ex);
			return;
		}
		try {
			this.verification.requireMatch(isDoubtful());
		}
		catch (IOException ex) {
			fail(ex);
			return;
		}
		if (length < 0 && this.segment.progress() != null) {
			this.segment.progress().moved(this.position, this.position);
		}
		Objects.requireNonNull(this.subscriber).end(null);
	}

	private void resume(Throwable cause) {
		AsyncBodySegment broken = this.segment;
		this.demand.hold();
		broken.body().cancel();
		try {
			this.workers.execute(() -> fetchRest(broken, cause));
		}
		catch (RejectedExecutionException ex) {
			fail(cause);
		}
	}

	private void fetchRest(AsyncBodySegment broken, Throwable cause) {
		ObjectRange object = broken.object();
		if (object == null || this.cancelled.isDone()) {
			fail(cause);
			return;
		}
		Exception reason = (cause instanceof Exception exception) ? exception : new IOException(cause);
		ResumePoint point = new ResumePoint(object, this.position, this.verification.versionSuffices(),
				this.pauses.outweighReads(), reason);
		broken.resumer().resume(point, this.cancelled).whenComplete((rest, error) -> {
			if (error != null) {
				fail(CompletionErrors.causeOf(error));
			}
			else if (rest == null) {
				fail(cause);
			}
			else {
				goOn(rest);
			}
		});
	}

	private void goOn(AsyncBodySegment rest) {
		this.segment = rest;
		this.joined = true;
		this.pauses = new ReaderPauses(System::nanoTime);
		if (this.cancelled.isDone()) {
			rest.body().cancel();
		}
		else {
			this.demand.begin(rest.body(), this);
		}
	}

	private void fail(Throwable error) {
		this.failed = true;
		abort(error);
	}

	private void subscriberFailed(Throwable error) {
		cancel();
		this.onSubscriberFailure.accept(error);
	}

	private void cancel() {
		this.cancelled.complete(null);
		this.segment.body().cancel();
	}

	/**
	 * The demand of a second subscriber, which is ignored.
	 */
	private static final class NoDemand implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
		}

	}

	/**
	 * The demand of the subscriber.
	 */
	private final class Demand implements Subscription {

		@Override
		public void request(long count) {
			if (count <= 0) {
				fail(new IllegalArgumentException("Demand must be positive, but is " + count));
				return;
			}
			if (ResumingPublisher.this.paused) {
				ResumingPublisher.this.paused = false;
				ResumingPublisher.this.pauses.endPause();
			}
			ResumingPublisher.this.demand.add(count);
		}

		@Override
		public void cancel() {
			ResumingPublisher.this.cancel();
		}

	}

}
