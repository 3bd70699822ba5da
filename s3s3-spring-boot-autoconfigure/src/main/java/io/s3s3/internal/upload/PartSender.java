package io.s3s3.internal.upload;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.EncryptingClients;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends the parts of one attempt, and adds up its progress. Thread-safe.
 */
final class PartSender {

	private static final String PART_TYPE = "application/octet-stream";

	private final UploadTarget target;

	private final long length;

	private final Consumer<Throwable> onReadFailure;

	/**
	 * Whether the client encrypts parts, which takes them one at a time, with the last
	 * one marked.
	 */
	private final boolean encrypted;

	/** The scope of the caller's thread, in which parts are sent. */
	private final AttemptScope scope = AttemptScope.current();

	private final AtomicLong sent = new AtomicLong();

	/** Whether the outcome of parts no longer matters. */
	private volatile boolean over;

	/**
	 * Create a sender of content of the given length, or -1 if it is unknown.
	 */
	PartSender(UploadTarget target, long length, Consumer<Throwable> onReadFailure) {
		this.target = target;
		this.length = length;
		this.onReadFailure = onReadFailure;
		this.encrypted = EncryptingClients.encrypts(target.client());
	}

	/**
	 * Return how many parts may be sent at the same time, at most as many as wanted.
	 */
	int concurrency(int wanted) {
		return this.encrypted ? 1 : wanted;
	}

	CompletedPart send(String id, Part part) {
		try (AttemptScope.Entered entered = this.scope.enter()) {
			return sendInScope(id, part);
		}
	}

	private CompletedPart sendInScope(String id, Part part) {
		UploadPartRequest request = (this.encrypted && part.last())
				? MultipartRequests.lastPart(this.target.requestInTime(), id, part.number())
				: MultipartRequests.part(this.target.requestInTime(), id, part.number());
		UploadPartResponse response = this.target.client()
			.uploadPart(request, part.body(progressOfPart(), this::readFailed, PART_TYPE));
		return MultipartRequests.completed(this.target.checked(response), part.number());
	}

	/**
	 * Report that all parts have arrived.
	 */
	void complete() {
		long size = this.sent.get();
		if (this.target.progress() != null) {
			this.target.progress().moved(size, size);
		}
	}

	/**
	 * Stop reporting the outcomes of parts.
	 */
	void end() {
		this.over = true;
	}

	/**
	 * Called when the content cannot be read. Reads of a file also fail if their thread
	 * is interrupted in order to stop.
	 */
	private void readFailed(Throwable failure) {
		if (!this.over && !Thread.currentThread().isInterrupted()) {
			this.onReadFailure.accept(failure);
		}
	}

	/**
	 * Return the progress of one part, which counts once however often it is sent.
	 */
	private @Nullable ByteProgress progressOfPart() {
		ByteProgress whole = this.target.progress();
		if (whole == null) {
			return null;
		}
		AtomicLong furthest = new AtomicLong();
		return (bytes, total) -> {
			long before = furthest.getAndAccumulate(bytes, Math::max);
			if (bytes > before && !this.over) {
				whole.moved(this.sent.addAndGet(bytes - before), this.length);
			}
		};
	}

}
