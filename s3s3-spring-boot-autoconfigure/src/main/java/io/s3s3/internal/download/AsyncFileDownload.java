package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.s3s3.internal.io.CompletionErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.FileTransformerConfiguration;
import software.amazon.awssdk.core.FileTransformerConfiguration.FailureBehavior;
import software.amazon.awssdk.core.FileTransformerConfiguration.FileWriteOption;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Writes an asynchronous download into a new file, as {@link FileDownload} does: first
 * next to it, under a hidden name, then in its place. The SDK's own transformer does the
 * writing, fed by a thread that may block. For one download.
 * <p>
 * Whether it succeeds or fails, it completes only when no hidden file is left.
 */
public final class AsyncFileDownload implements AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> {

	/**
	 * The file exists already, and must not be created again once it has been deleted.
	 */
	private static final FileTransformerConfiguration IN_PLACE = FileTransformerConfiguration.builder()
		.fileWriteOption(FileWriteOption.WRITE_TO_POSITION)
		.position(0L)
		.failureBehavior(FailureBehavior.LEAVE)
		.build();

	private final Path target;

	private final Executor threads;

	/** The current try of the SDK. */
	private volatile Try current = new Try();

	private volatile BooleanSupplier doubt = () -> false;

	private volatile boolean mismatch;

	/**
	 * Create a download.
	 * @param target the file
	 * @param threads threads that may block; they accept every task
	 */
	public AsyncFileDownload(Path target, Executor threads) {
		this.target = target;
		this.threads = threads;
	}

	/**
	 * Verify the whole file once it is written, if necessary.
	 * @param doubt returns whether its bytes were not verified on the way
	 */
	void verifyIf(BooleanSupplier doubt) {
		this.doubt = doubt;
	}

	/**
	 * Return whether the file failed because of what it was sent.
	 */
	boolean hasMismatch() {
		return this.mismatch;
	}

	/**
	 * Return a future of the end of the download, whether it succeeded, failed, or was
	 * given up.
	 * @return completes when the file is in its place, or all of it is deleted
	 */
	public CompletableFuture<?> ended() {
		return this.current.result;
	}

	@Override
	public CompletableFuture<GetObjectResponse> prepare() {
		Try next = new Try();
		this.current = next;
		this.mismatch = false;
		return next.result;
	}

	@Override
	public void onResponse(GetObjectResponse response) {
		this.current.response = response;
	}

	@Override
	public void onStream(SdkPublisher<ByteBuffer> publisher) {
		this.current.begin(publisher);
	}

	@Override
	public void exceptionOccurred(Throwable error) {
		this.current.giveUp(error);
	}

	@Override
	public String name() {
		return TransformerType.FILE.getName();
	}

	/**
	 * One try of the SDK.
	 */
	private final class Try {

		private final CompletableFuture<GetObjectResponse> result = new CompletableFuture<>();

		/** Completes with the reason. */
		private final CompletableFuture<Throwable> givenUp = new CompletableFuture<>();

		/** Whether there is or was a file. */
		private final AtomicBoolean begun = new AtomicBoolean();

		private volatile @Nullable GetObjectResponse response;

		void begin(SdkPublisher<ByteBuffer> publisher) {
			if (!this.begun.compareAndSet(false, true)) {
				return;
			}
			GetObjectResponse response;
			PartFile file;
			try {
				response = Objects.requireNonNull(this.response);
				FileDownload.requireCreatable(AsyncFileDownload.this.target);
				file = PartFile.beside(AsyncFileDownload.this.target);
			}
			catch (Throwable ex) {
				this.result.completeExceptionally(ex);
				return;
			}
			try {
				write(publisher, response, file);
			}
			catch (Throwable ex) {
				giveUp(ex);
			}
		}

		void giveUp(Throwable error) {
			if (this.begun.compareAndSet(false, true)) {
				this.result.completeExceptionally(error);
			}
			else {
				this.givenUp.complete(error);
			}
		}

		private void write(SdkPublisher<ByteBuffer> publisher, GetObjectResponse response, PartFile file) {
			Executor threads = AsyncFileDownload.this.threads;
			AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> writing = AsyncResponseTransformer
				.toFile(file.path(), IN_PLACE);
			writing.prepare().whenComplete((answer, error) -> threads.execute(() -> end(file, answer, error)));
			this.givenUp.thenAccept((error) -> threads.execute(() -> writing.exceptionOccurred(error)));
			writing.onResponse(response);
			writing.onStream(publisher);
		}

		private void end(PartFile file, @Nullable GetObjectResponse answer, @Nullable Throwable error) {
			Throwable failure = (error != null) ? CompletionErrors.causeOf(error) : this.givenUp.getNow(null);
			try (file) {
				if (answer != null && failure == null) {
					failure = finish(file, answer);
				}
			}
			catch (Throwable ex) {
				failure = ex;
			}
			if (failure != null) {
				this.result.completeExceptionally(failure);
			}
			else {
				this.result.complete(answer);
			}
		}

		/**
		 * Move the file into its place. Returns why the download was given up meanwhile,
		 * if it was.
		 */
		private @Nullable Throwable finish(PartFile file, GetObjectResponse answer) throws IOException {
			Path target = AsyncFileDownload.this.target;
			if (AsyncFileDownload.this.doubt.getAsBoolean()) {
				AsyncFileDownload.this.mismatch = true;
				file.verify(ObjectDigest.of(answer));
				AsyncFileDownload.this.mismatch = false;
			}
			file.moveTo(target);
			Throwable givenUp = this.givenUp.getNow(null);
			if (givenUp != null) {
				Files.deleteIfExists(target);
			}
			return givenUp;
		}

	}

}
