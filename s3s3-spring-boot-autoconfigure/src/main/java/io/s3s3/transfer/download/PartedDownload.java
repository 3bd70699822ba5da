package io.s3s3.transfer.download;

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
import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.transfer.ByteProgress;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Fetches a large object in parts side by side, each of which survives a switch by
 * itself. The answer that promised all of the object is read from the front, while others
 * bring the parts from the back, until they meet: so no part is asked for twice, and
 * small objects cost no request more. Run once.
 */
final class PartedDownload {

	private final ResumingInputStream front;

	private final Continuation continuation;

	private final ObjectRange object;

	private final PartFile file;

	private final boolean verifiable;

	private final long partSize;

	private final int workers;

	private final @Nullable ByteProgress progress;

	private final AtomicLong done = new AtomicLong();

	private final Set<ResumingInputStream> open = ConcurrentHashMap.newKeySet();

	/** What a worker met; the last one may win. */
	private volatile @Nullable Exception failure;

	/** Whether the workers are to end at once. */
	private volatile boolean over;

	/** The parts from here on are taken; guarded by "this". */
	private long back;

	/** The parts up to here are taken; guarded by "this". */
	private long next;

	PartedDownload(ResumingInputStream front, PartFile file, TransferSettings settings, boolean verifiable) {
		this.front = front;
		this.continuation = front.continuation();
		this.progress = front.takeProgress();
		this.object = front.object();
		this.file = file;
		this.verifiable = verifiable;
		this.partSize = settings.partSize().toBytes();
		this.back = (this.object.length() + this.partSize - 1) / this.partSize;
		this.workers = (int) Math.min(settings.partConcurrency() - 1L, this.back - 1);
	}

	void run() throws IOException {
		ExecutorService executor = Executors.newFixedThreadPool(this.workers, PartedDownload::daemon);
		try {
			List<Future<?>> parts = new ArrayList<>();
			for (int i = 0; i < this.workers; i++) {
				parts.add(executor.submit(this::fetchFromTheBack));
			}
			readFromTheFront();
			for (Future<?> part : parts) {
				part.get();
			}
			requireNoFailure();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted while parts were on their way", ex);
		}
		finally {
			this.over = true;
			this.open.forEach(ResumingInputStream::abort);
			executor.shutdownNow();
		}
	}

	private void readFromTheFront() throws IOException {
		for (long part = takeFirst(); part >= 0; part = takeFirst()) {
			this.file.copy(this.front, part * this.partSize, sizeOf(part), this::moved);
		}
		// What is left of this answer is read by others.
		this.front.close();
	}

	private void fetchFromTheBack() {
		try {
			for (long part = takeLast(); part >= 0; part = takeLast()) {
				fetch(part);
			}
		}
		catch (IOException | RuntimeException ex) {
			this.failure = ex;
		}
	}

	private void fetch(long part) throws IOException {
		long offset = part * this.partSize;
		ObjectRange range = this.object.part(offset, sizeOf(part));
		try (ResumingInputStream in = ResumingInputStream.open(range, this.continuation, this.verifiable)) {
			this.open.add(in);
			this.file.copy(in, offset, range.length(), this::moved);
			this.open.remove(in);
		}
	}

	private void moved(int bytes) throws IOException {
		long all = this.done.addAndGet(bytes);
		if (this.progress != null) {
			this.progress.moved(all, this.object.length());
		}
		requireNoFailure();
	}

	private void requireNoFailure() throws IOException {
		Exception failure = this.failure;
		if (failure != null) {
			rethrow(failure);
		}
		if (this.over) {
			throw new IOException("The download is over");
		}
	}

	// As it is where it tells what is to be done about it.
	private static void rethrow(Exception failure) throws IOException {
		if (failure instanceof FileSystemException || failure instanceof UnresumableDownloadException) {
			throw (IOException) failure;
		}
		throw new IOException("A part of the download failed", failure);
	}

	private synchronized long takeFirst() {
		return (this.next < this.back) ? this.next++ : -1;
	}

	private synchronized long takeLast() {
		return (this.next < this.back && !this.over) ? --this.back : -1;
	}

	private long sizeOf(long part) {
		return Math.min(this.partSize, this.object.length() - part * this.partSize);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "s3s3-download");
		thread.setDaemon(true);
		return thread;
	}

}
