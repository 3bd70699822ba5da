package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
 * beside it, under a hidden name, then into its place. The SDK's own transformer does the
 * writing. Its body is handed to it by a thread that may block. For one download.
 */
public final class AsyncFileDownload implements AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> {

	/** The file is there already, and is deleted by who made it. */
	private static final FileTransformerConfiguration IN_PLACE = FileTransformerConfiguration.builder()
		.fileWriteOption(FileWriteOption.CREATE_OR_REPLACE_EXISTING)
		.failureBehavior(FailureBehavior.LEAVE)
		.build();

	private final Path target;

	private final Executor threads;

	private volatile CompletableFuture<GetObjectResponse> result = new CompletableFuture<>();

	private volatile @Nullable GetObjectResponse response;

	private volatile BooleanSupplier doubt = () -> false;

	/**
	 * Create a download.
	 * @param target the file
	 * @param threads those that may block; they take every task
	 */
	public AsyncFileDownload(Path target, Executor threads) {
		this.target = target;
		this.threads = threads;
	}

	/**
	 * Verify the whole file when it is written, if there is need.
	 * @param doubt returns whether its bytes were not verified on their way
	 */
	void verifyIf(BooleanSupplier doubt) {
		this.doubt = doubt;
	}

	@Override
	public CompletableFuture<GetObjectResponse> prepare() {
		CompletableFuture<GetObjectResponse> result = new CompletableFuture<>();
		this.result = result;
		return result;
	}

	@Override
	public void onResponse(GetObjectResponse response) {
		this.response = response;
	}

	@Override
	public void onStream(SdkPublisher<ByteBuffer> publisher) {
		try {
			FileDownload.requireCreatable(this.target);
			write(publisher, PartFile.beside(this.target));
		}
		catch (IOException | RuntimeException ex) {
			this.result.completeExceptionally(ex);
		}
	}

	private void write(SdkPublisher<ByteBuffer> publisher, PartFile file) {
		AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> writing = AsyncResponseTransformer
			.toFile(file.path(), IN_PLACE);
		CompletableFuture<GetObjectResponse> written = writing.prepare();
		written.whenComplete((answer, error) -> this.threads.execute(() -> end(file, answer, error)));
		this.result.whenComplete((answer, error) -> {
			if (error != null) {
				this.threads.execute(() -> writing.exceptionOccurred(error));
			}
		});
		writing.onResponse(Objects.requireNonNull(this.response));
		writing.onStream(publisher);
	}

	private void end(PartFile file, @Nullable GetObjectResponse answer, @Nullable Throwable error) {
		Throwable failure = (error != null) ? CompletionErrors.causeOf(error) : null;
		try (file) {
			if (answer != null && !this.result.isDone()) {
				finish(file, answer);
			}
		}
		catch (IOException | RuntimeException ex) {
			failure = ex;
		}
		if (failure != null) {
			this.result.completeExceptionally(failure);
		}
	}

	private void finish(PartFile file, GetObjectResponse answer) throws IOException {
		if (this.doubt.getAsBoolean()) {
			file.verify(ObjectDigest.of(answer));
		}
		file.moveTo(this.target);
		if (!this.result.complete(answer)) {
			// It was given up meanwhile.
			Files.deleteIfExists(this.target);
		}
	}

	@Override
	public void exceptionOccurred(Throwable error) {
		this.result.completeExceptionally(error);
	}

	@Override
	public String name() {
		return TransformerType.FILE.getName();
	}

}
