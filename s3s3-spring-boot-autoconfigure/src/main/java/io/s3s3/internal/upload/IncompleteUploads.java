package io.s3s3.internal.upload;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;

/**
 * The multipart uploads that were given up or left open, and whose parts S3 charges for:
 * they are aborted in the background. Thread-safe.
 */
public final class IncompleteUploads implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(IncompleteUploads.class);

	private final UploadAborter aborter = new UploadAborter(this::ended);

	private final @Nullable UploadJournal journal;

	/**
	 * Create an instance that forgets its uploads when the process ends.
	 */
	public IncompleteUploads() {
		this((UploadJournal) null);
	}

	/**
	 * Create an instance that remembers uploads beyond the process.
	 * @param directory where open uploads are recorded
	 */
	public IncompleteUploads(Path directory) {
		this(new UploadJournal(directory));
	}

	private IncompleteUploads(@Nullable UploadJournal journal) {
		this.journal = journal;
	}

	/**
	 * Called when a location answers: uploads that were given up there are aborted now,
	 * in the background.
	 * @param location the location
	 */
	public void answered(LocationRole location) {
		this.aborter.answered(location);
	}

	/**
	 * Return how many uploads are waiting to be aborted.
	 */
	int size() {
		return this.aborter.size();
	}

	/**
	 * Abort, in the background, the uploads that processes left open when they ended.
	 * @param locations where they may be
	 */
	public void recover(Collection<Location> locations) {
		UploadJournal journal = this.journal;
		if (journal != null) {
			this.aborter.run(() -> journal.findLeftovers((uploads) -> recover(uploads, locations)));
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
	 * Record that parts of an upload are sent from now on. An upload whose client does
	 * not disclose where it is is left out, since a later process could confuse it with
	 * another one.
	 * @param location where it is
	 * @param request the request that aborts it
	 */
	public void begun(Location location, AbortMultipartUploadRequest request) {
		OpenUpload upload = OpenUpload.of(location, request);
		if (this.journal != null && !upload.place().isEmpty()) {
			this.journal.begun(upload);
		}
	}

	/**
	 * Have an upload aborted that no parts are sent to any more.
	 * @param location where it is
	 * @param request the request that aborts it
	 */
	public void leftBehind(Location location, AbortMultipartUploadRequest request) {
		begun(location, request);
		add(IncompleteUpload.quiet(location, request));
	}

	/**
	 * Record that an upload was completed or aborted.
	 * @param uploadId its id, or {@code null} for none
	 */
	public void ended(@Nullable String uploadId) {
		if (this.journal != null && uploadId != null) {
			this.journal.ended(uploadId);
		}
	}

	void add(IncompleteUpload upload) {
		if (this.journal != null) {
			this.journal.givenUp(upload.request().uploadId());
		}
		this.aborter.add(upload);
	}

	/**
	 * Stop. Uploads that were not aborted by then, or are given up later, are logged.
	 */
	@Override
	public void close() {
		this.aborter.close();
		if (this.journal != null) {
			this.journal.close();
		}
	}

}
