package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Fetches a large object in parallel parts, each of which survives a switch on its own.
 * The answer that promised the whole object is read from the front, while workers fetch
 * parts from the back, until they meet: so no part is requested twice, and small objects
 * take no extra request. If that answer breaks, only the rest of its current part is
 * requested again, and its reader continues as a worker.
 * <p>
 * A worker that fails, for instance because there is no free connection, puts its part
 * back and stops; the others go on without it. When all have stopped, the caller's thread
 * fetches what is missing, and only then does a failure end the download. Run once.
 */
final class ParallelDownload {

	private static final int MAX_SECONDS_TO_END = 5;

	private final ResumingInputStream front;

	private final DownloadResumer resumer;

	private final ObjectRange object;

	private final PartFile file;

	private final BodyVerification verification;

	private final long partSize;

	private final int workers;

	private final TransferThreads threads;

	private final MissingParts missing;

	private final @Nullable ByteProgress progress;

	private final AtomicLong done = new AtomicLong();

	private final Set<ResumingInputStream> open = ConcurrentHashMap.newKeySet();

	/** Whether all workers should end immediately. */
	private volatile boolean over;

	ParallelDownload(ResumingInputStream front, PartFile file, TransferSettings settings) {
		this.front = front;
		this.resumer = front.resumer();
		this.progress = front.takeProgress();
		this.object = front.object();
		this.file = file;
		this.verification = new BodyVerification(null, front.verification().version());
		this.partSize = settings.partSize().toBytes();
		int parts = Math.toIntExact((this.object.length() + this.partSize - 1) / this.partSize);
		this.missing = new MissingParts(parts);
		this.workers = Math.min(settings.partConcurrency(), parts) - 1;
		this.threads = settings.threads();
	}

	void run() throws IOException {
		ExecutorService executor = Executors.newFixedThreadPool(this.workers, this.threads.named("s3s3-download"));
		try {
			List<Future<?>> others = new ArrayList<>();
			for (int i = 0; i < this.workers; i++) {
				others.add(executor.submit(this.threads.inContext(this::help)));
			}
			readFromTheFront();
			for (Future<?> other : others) {
				other.get();
			}
			fetchFromTheBack();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof FileSystemException incurable) {
				throw incurable;
			}
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted while parts were transferred", ex);
		}
		finally {
			this.over = true;
			this.open.forEach(ResumingInputStream::abort);
			executor.shutdownNow();
			awaitEnd(executor);
		}
	}

	/**
	 * Wait for the workers, so that their events precede the end of the call.
	 */
	private static void awaitEnd(ExecutorService executor) {
		boolean interrupted = Thread.interrupted();
		try {
			executor.awaitTermination(MAX_SECONDS_TO_END, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void readFromTheFront() throws IOException {
		for (int part = 0; this.missing.take(part); part++) {
			try {
				this.front.wantUpTo(part * this.partSize + sizeOf(part));
				copy(this.front, part);
			}
			catch (IOException ex) {
				this.missing.putBack(part);
				requireCurable(ex);
				return;
			}
			if (this.front.hasEnded()) {
				help();
				return;
			}
		}
		// The workers read what is left of this answer.
		this.front.close();
	}

	private @Nullable Void help() throws IOException {
		try {
			fetchFromTheBack();
		}
		catch (IOException | RuntimeException ex) {
			requireCurable(ex);
		}
		return null;
	}

	private void fetchFromTheBack() throws IOException {
		for (int part = this.missing.takeLast(); part >= 0 && !this.over; part = this.missing.takeLast()) {
			try {
				fetch(part);
			}
			catch (IOException | RuntimeException ex) {
				this.missing.putBack(part);
				throw ex;
			}
		}
	}

	private void fetch(int part) throws IOException {
		ObjectRange range = this.object.part(part * this.partSize, sizeOf(part));
		BodySegment first = this.resumer.open(range, this.verification.versionSuffices()).unobserved();
		try (ResumingInputStream in = new ResumingInputStream(first, this.verification)) {
			this.open.add(in);
			copy(in, part);
			this.open.remove(in);
		}
	}

	private void copy(ResumingInputStream in, int part) throws IOException {
		AtomicLong copied = new AtomicLong();
		try {
			this.file.copy(in, part * this.partSize, sizeOf(part), (bytes) -> {
				copied.addAndGet(bytes);
				moved(bytes);
			});
		}
		catch (IOException | RuntimeException ex) {
			// It will be fetched again, and counted then.
			this.done.addAndGet(-copied.get());
			throw ex;
		}
	}

	private void moved(int bytes) throws IOException {
		long all = this.done.addAndGet(bytes);
		if (this.progress != null) {
			this.progress.moved(all, this.object.length());
		}
		if (this.over) {
			throw new IOException("The download is over");
		}
	}

	/**
	 * Rethrow a failure that no other answer can fix: one of the file itself, or an
	 * interruption.
	 */
	private void requireCurable(Exception failure) throws IOException {
		if (failure instanceof FileSystemException incurable) {
			this.over = true;
			throw incurable;
		}
		if (Thread.currentThread().isInterrupted()) {
			throw AbortedException.create("Interrupted while a part was transferred", failure);
		}
	}

	private long sizeOf(int part) {
		return Math.min(this.partSize, this.object.length() - part * this.partSize);
	}

}
