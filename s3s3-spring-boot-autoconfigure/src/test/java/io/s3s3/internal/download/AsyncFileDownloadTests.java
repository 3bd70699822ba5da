package io.s3s3.internal.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AsyncFileDownload}: what is in the folder when it completes, which is
 * what a task finds that runs at that very moment.
 */
class AsyncFileDownloadTests {

	private static final GetObjectResponse RESPONSE = GetObjectResponse.builder().build();

	private final IllegalStateException given = new IllegalStateException("given up");

	/** What is to run on a thread that may block. */
	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Body body = new Body();

	@TempDir
	private Path folder;

	@Test
	void leavesNothingButTheFileWhenItSucceeds() throws Exception {
		AsyncFileDownload download = new AsyncFileDownload(target(), Runnable::run);
		CompletableFuture<List<String>> left = left(download);
		begin(download);

		this.body.end("content");

		assertThat(left.get(30, TimeUnit.SECONDS)).containsExactly("target");
		assertThat(target()).hasContent("content");
		assertThat(download.ended()).isCompleted();
	}

	@Test
	void leavesNothingWhenItsBodyBreaks() throws Exception {
		AsyncFileDownload download = new AsyncFileDownload(target(), Runnable::run);
		CompletableFuture<List<String>> left = left(download);
		begin(download);
		assertThat(this.folder).isNotEmptyDirectory();

		this.body.subscriber().onError(new IOException("broken"));

		assertThat(left.get(30, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void leavesNothingOfABodyThatCannotBeSubscribedTo() {
		AsyncFileDownload download = new AsyncFileDownload(target(), this.tasks::add);
		CompletableFuture<List<String>> left = left(download);
		download.onResponse(RESPONSE);

		download.onStream(SdkPublisher.adapt((subscriber) -> {
			throw this.given;
		}));

		runTasks();
		assertThat(left).isCompletedWithValue(List.of());
		assertThat(download.ended()).isCompletedExceptionally();
	}

	@Test
	void hasNotEndedBeforeNothingIsLeftOfWhatWasGivenUp() throws Exception {
		AsyncFileDownload download = new AsyncFileDownload(target(), this.tasks::add);
		CompletableFuture<List<String>> left = left(download);
		begin(download);

		download.exceptionOccurred(this.given);

		assertThat(download.ended()).isNotDone();
		runTasks();
		assertThat(left).isCompletedWithValue(List.of());
		assertThat(download.ended()).isCompletedExceptionally();
	}

	@Test
	void leavesNothingOfWhatWasGivenUpWhenAllHadCome() throws Exception {
		AsyncFileDownload download = new AsyncFileDownload(target(), this.tasks::add);
		CompletableFuture<List<String>> left = left(download);
		begin(download);
		this.body.subscriber().onComplete();

		download.exceptionOccurred(this.given);

		runTasks();
		assertThat(left).isCompletedWithValue(List.of());
	}

	@Test
	void beginsNothingOnceItIsGivenUp() {
		AsyncFileDownload download = new AsyncFileDownload(target(), Runnable::run);
		CompletableFuture<GetObjectResponse> result = download.prepare();

		download.exceptionOccurred(this.given);
		begin(download);

		assertThat(result).isCompletedExceptionally();
		assertThat(this.folder).isEmptyDirectory();
	}

	private Path target() {
		return this.folder.resolve("target");
	}

	private void begin(AsyncFileDownload download) {
		download.onResponse(RESPONSE);
		download.onStream(this.body);
	}

	private void runTasks() {
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
	}

	/**
	 * Prepare a download, and list the folder at the moment when it completes.
	 */
	private CompletableFuture<List<String>> left(AsyncFileDownload download) {
		return download.prepare().handle((response, error) -> files(this.folder));
	}

	private static List<String> files(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A body that brings what a test wants.
	 */
	private static final class Body implements SdkPublisher<ByteBuffer> {

		private @Nullable Subscriber<? super ByteBuffer> subscriber;

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
			subscriber.onSubscribe(new Subscription() {

				@Override
				public void request(long count) {
				}

				@Override
				public void cancel() {
				}

			});
		}

		Subscriber<? super ByteBuffer> subscriber() {
			return Objects.requireNonNull(this.subscriber);
		}

		void end(String content) {
			subscriber().onNext(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
			subscriber().onComplete();
		}

	}

}
