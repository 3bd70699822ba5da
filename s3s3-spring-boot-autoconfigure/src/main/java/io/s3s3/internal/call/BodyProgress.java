package io.s3s3.internal.call;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.ThrottledProgress;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Reports the progress of the body of one call, if anybody listens. Not thread-safe,
 * except for what it returns.
 */
final class BodyProgress {

	private final CallEvents events;

	private final @Nullable ByteProgress progress;

	/** The location of the last attempt; read by the threads that move bytes. */
	private volatile @Nullable LocationRole location;

	BodyProgress(CallEvents events, Direction direction) {
		this.events = events;
		this.progress = events.wantBytes()
				? new ThrottledProgress((bytes, total) -> moved(direction, bytes, total), System::nanoTime) : null;
	}

	/**
	 * Return what receives the progress of an attempt. All attempts share it: bytes that
	 * are sent again are not reported again.
	 * @param location the location of the attempt
	 */
	@Nullable ByteProgress beginAttempt(LocationRole location) {
		this.location = location;
		return this.progress;
	}

	private void moved(Direction direction, long bytes, long total) {
		LocationRole location = this.location;
		if (location != null) {
			this.events.transferred(location, direction, bytes, total);
		}
	}

}
