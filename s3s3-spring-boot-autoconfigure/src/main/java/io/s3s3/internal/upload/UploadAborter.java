package io.s3s3.internal.upload;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.s3s3.internal.io.Daemons;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts incomplete uploads in the background: as soon as their location answers another
 * call, and periodically. Keeps a bounded number of them, and logs those that it drops.
 * Has a thread only while there is something to abort. Thread-safe.
 */
final class UploadAborter implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(UploadAborter.class);

	private static final int MAX_UPLOADS = 1_000;

	private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

	private static final Duration MAX_DELAY = Duration.ofMinutes(1);

	/** How long a location that failed to abort an upload is left alone. */
	private static final Duration PAUSE = Duration.ofMillis(900);

	private static final Duration IDLE = Duration.ofSeconds(1);

	/** Guarded by itself. */
	private final Deque<IncompleteUpload> uploads = new ArrayDeque<>();

	/** The locations that have answered, whose uploads are about to be aborted. */
	private final Set<LocationRole> answered = ConcurrentHashMap.newKeySet();

	/**
	 * When a location last failed to abort one; only used by the thread of the aborter.
	 */
	private final Map<LocationRole, Long> failedAt = new EnumMap<>(LocationRole.class);

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
			Daemons.named("s3s3-upload-aborter"));

	/** Guarded by "uploads". */
	private boolean scheduled;

	/** Guarded by "uploads". */
	private Duration delay = FIRST_DELAY;

	/** Guarded by "uploads". */
	private boolean closed;

	/** Whether there are none; read without the lock. */
	private volatile boolean empty = true;

	private final Consumer<String> onEnd;

	/**
	 * Create an aborter.
	 * @param onEnd receives the id of an upload that was aborted or dropped
	 */
	UploadAborter(Consumer<String> onEnd) {
		this.onEnd = onEnd;
		this.executor.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
		this.executor.allowCoreThreadTimeOut(true);
		this.executor.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Called when a location answers: its uploads are aborted now.
	 */
	void answered(LocationRole location) {
		if (!this.empty && this.answered.add(location)) {
			run(() -> {
				this.answered.remove(location);
				abortAt(location);
			}, Duration.ZERO);
		}
	}

	int size() {
		synchronized (this.uploads) {
			return this.uploads.size();
		}
	}

	void add(IncompleteUpload upload) {
		IncompleteUpload dropped;
		synchronized (this.uploads) {
			if (this.closed) {
				warnOfRest(upload);
				return;
			}
			this.uploads.addLast(upload);
			this.empty = false;
			this.delay = FIRST_DELAY;
			dropped = (this.uploads.size() > MAX_UPLOADS) ? this.uploads.removeFirst() : null;
		}
		if (dropped != null) {
			logger.warn("Too many incomplete uploads; abort the {} yourself, since S3 charges for its parts", dropped);
			this.onEnd.accept(dropped.request().uploadId());
		}
		schedule();
	}

	/**
	 * Run a task on the thread of the aborter.
	 */
	void run(Runnable task) {
		run(task, Duration.ZERO);
	}

	/**
	 * Stop. Uploads that were not aborted by then, or are added later, are logged.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
		List<IncompleteUpload> rest;
		synchronized (this.uploads) {
			this.closed = true;
			rest = List.copyOf(this.uploads);
			this.uploads.clear();
			this.empty = true;
		}
		rest.forEach(UploadAborter::warnOfRest);
	}

	private static void warnOfRest(IncompleteUpload upload) {
		logger.warn(
				"Could not abort the {}; do so yourself, since S3 charges for its parts, unless a later start finds it "
						+ "in s3s3.transfer.directory",
				upload);
	}

	private void abortAt(@Nullable LocationRole location) {
		for (IncompleteUpload upload : at(location)) {
			LocationRole role = upload.location().role();
			if (!upload.isBusy() && !hasJustFailed(role)) {
				if (upload.abort()) {
					remove(upload);
					this.onEnd.accept(upload.request().uploadId());
				}
				else {
					this.failedAt.put(role, System.nanoTime());
				}
			}
		}
	}

	/**
	 * Return whether a location failed a moment ago, so that it is not asked again for
	 * each upload and each call.
	 */
	private boolean hasJustFailed(LocationRole location) {
		Long failed = this.failedAt.get(location);
		return failed != null && System.nanoTime() - failed < PAUSE.toNanos();
	}

	private void abortOnSchedule() {
		synchronized (this.uploads) {
			this.scheduled = false;
		}
		try {
			abortAt(null);
		}
		finally {
			schedule();
		}
	}

	private void schedule() {
		Duration wait;
		synchronized (this.uploads) {
			if (this.scheduled || this.uploads.isEmpty()) {
				return;
			}
			this.scheduled = true;
			wait = this.delay;
			Duration doubled = wait.multipliedBy(2);
			this.delay = (doubled.compareTo(MAX_DELAY) < 0) ? doubled : MAX_DELAY;
		}
		run(this::abortOnSchedule, wait);
	}

	private void run(Runnable task, Duration delay) {
		try {
			this.executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed: incomplete uploads are not aborted any more");
		}
		catch (Error ex) {
			// There are no threads left: the next answer or upload tries again.
			this.answered.clear();
			synchronized (this.uploads) {
				this.scheduled = false;
			}
			logger.debug("Incomplete uploads cannot be aborted now", ex);
		}
	}

	private List<IncompleteUpload> at(@Nullable LocationRole location) {
		synchronized (this.uploads) {
			return this.uploads.stream()
				.filter((upload) -> location == null || upload.location().role() == location)
				.toList();
		}
	}

	private void remove(IncompleteUpload upload) {
		synchronized (this.uploads) {
			this.uploads.remove(upload);
			this.empty = this.uploads.isEmpty();
		}
	}

}
