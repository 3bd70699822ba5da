package io.s3s3.internal.upload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.io.Daemons;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;

/**
 * Aborts multipart uploads that were given up, since S3 charges for their parts: as soon
 * as their location answers another call, and every now and then. Remembers a bounded
 * number of them; what it must forget it logs. Has a thread only while there is something
 * to abort. Thread-safe.
 */
public final class IncompleteUploads implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(IncompleteUploads.class);

	private static final int MAX_UPLOADS = 1_000;

	private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

	private static final Duration MAX_DELAY = Duration.ofMinutes(1);

	/** How long a location that failed to abort an upload is left alone. */
	private static final Duration PAUSE = Duration.ofMillis(900);

	private static final Duration IDLE = Duration.ofSeconds(1);

	/** Guarded by itself. */
	private final Deque<IncompleteUpload> uploads = new ArrayDeque<>();

	/** The locations that answered and whose uploads are about to be aborted. */
	private final Set<LocationRole> answered = ConcurrentHashMap.newKeySet();

	/** When a location last failed to abort one; used by the aborter alone. */
	private final Map<LocationRole, Long> failedAt = new EnumMap<>(LocationRole.class);

	private final ScheduledThreadPoolExecutor aborter = new ScheduledThreadPoolExecutor(1,
			Daemons.named("s3s3-upload-aborter"));

	/** Guarded by "uploads". */
	private boolean scheduled;

	/** Guarded by "uploads". */
	private Duration delay = FIRST_DELAY;

	/** Guarded by "uploads". */
	private boolean closed;

	/** Whether there are none; read without the lock. */
	private volatile boolean empty = true;

	private final @Nullable UploadJournal journal;

	/**
	 * Create one that forgets its uploads when the process ends.
	 */
	public IncompleteUploads() {
		this((UploadJournal) null);
	}

	/**
	 * Create one that remembers uploads beyond the process.
	 * @param directory where open uploads are noted
	 */
	public IncompleteUploads(Path directory) {
		this(new UploadJournal(directory));
	}

	private IncompleteUploads(@Nullable UploadJournal journal) {
		this.journal = journal;
		this.aborter.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
		this.aborter.allowCoreThreadTimeOut(true);
		this.aborter.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Called when a location answers: what was given up there is aborted now, in the
	 * background.
	 * @param location the location
	 */
	public void answered(LocationRole location) {
		if (!this.empty && this.answered.add(location)) {
			run(() -> {
				this.answered.remove(location);
				abortAt(location);
			}, Duration.ZERO);
		}
	}

	/**
	 * Return how many uploads are waiting to be aborted.
	 * @return the number
	 */
	public int size() {
		synchronized (this.uploads) {
			return this.uploads.size();
		}
	}

	/**
	 * Abort, in the background, the uploads that processes left open when they ended.
	 * @param locations where it may be
	 */
	public void recover(Collection<Location> locations) {
		UploadJournal journal = this.journal;
		if (journal != null) {
			run(() -> journal.findLeftovers((uploads) -> recover(uploads, locations)), Duration.ZERO);
		}
	}

	/**
	 * Recover uploads, and return whether all of them are at these locations. The others
	 * belong to another application, or to one that was configured in another way.
	 */
	private boolean recover(List<OpenUpload> uploads, Collection<Location> locations) {
		boolean all = true;
		for (OpenUpload upload : uploads) {
			Location location = locations.stream().filter(upload::isAt).findFirst().orElse(null);
			if (location == null) {
				all = false;
				logger.info("A process that has ended left open the {}, which is at neither location", upload);
				continue;
			}
			logger.info("A process that has ended left open the {}; it is aborted", upload);
			IncompleteUpload incomplete = IncompleteUpload.recovered(location, upload);
			begun(location, incomplete.request());
			add(incomplete);
		}
		return all;
	}

	/**
	 * Note that parts of an upload are sent from now on. An upload whose client does not
	 * tell where it is is left out: a later process could take another upload for it.
	 */
	void begun(Location location, AbortMultipartUploadRequest request) {
		OpenUpload upload = OpenUpload.of(location, request);
		if (this.journal != null && !upload.place().isEmpty()) {
			this.journal.begun(upload);
		}
	}

	/**
	 * Note that an upload was completed or aborted.
	 */
	void ended(@Nullable String uploadId) {
		if (this.journal != null && uploadId != null) {
			this.journal.ended(uploadId);
		}
	}

	void add(IncompleteUpload upload) {
		if (this.journal != null) {
			this.journal.givenUp(upload.request().uploadId());
		}
		IncompleteUpload forgotten;
		synchronized (this.uploads) {
			if (this.closed) {
				warnOfRest(upload);
				return;
			}
			this.uploads.addLast(upload);
			this.empty = false;
			this.delay = FIRST_DELAY;
			forgotten = (this.uploads.size() > MAX_UPLOADS) ? this.uploads.removeFirst() : null;
		}
		if (forgotten != null) {
			logger.warn("Too many incomplete uploads; abort the {} yourself, since S3 charges for its parts",
					forgotten);
			ended(forgotten.request().uploadId());
		}
		schedule();
	}

	/**
	 * Stop. Uploads that were not aborted by then, or are given up later, are logged.
	 */
	@Override
	public void close() {
		this.aborter.shutdownNow();
		List<IncompleteUpload> rest;
		synchronized (this.uploads) {
			this.closed = true;
			rest = List.copyOf(this.uploads);
			this.uploads.clear();
			this.empty = true;
		}
		rest.forEach(IncompleteUploads::warnOfRest);
		if (this.journal != null) {
			this.journal.close();
		}
	}

	private static void warnOfRest(IncompleteUpload upload) {
		logger.warn("Could not abort the {}; do so yourself, since S3 charges for its parts", upload);
	}

	private void abortAt(@Nullable LocationRole location) {
		for (IncompleteUpload upload : at(location)) {
			LocationRole role = upload.location().role();
			if (!upload.isBusy() && !hasJustFailed(role)) {
				if (upload.abort()) {
					remove(upload);
					ended(upload.request().uploadId());
				}
				else {
					this.failedAt.put(role, System.nanoTime());
				}
			}
		}
	}

	/**
	 * Return whether a location failed a moment ago: it is not asked again for each
	 * upload and each call.
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
			this.aborter.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed: incomplete uploads are not aborted any more");
		}
		catch (Error ex) {
			// There are no threads left: the next answer, or upload, tries again.
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
