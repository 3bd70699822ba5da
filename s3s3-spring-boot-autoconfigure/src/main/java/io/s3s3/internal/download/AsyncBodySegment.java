package io.s3s3.internal.download;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;

/**
 * A segment of the body of an asynchronous download: what one answer brings before it
 * breaks.
 *
 * @param object the bytes that the whole body should have, with its end if that is known
 * @param body the bytes
 * @param resumer what fetches the rest if the segment breaks
 * @param progress receives the progress of the whole body, or {@code null}
 */
public record AsyncBodySegment(@Nullable ObjectRange object, OpenBody body, AsyncDownloadResumer resumer,
		@Nullable ByteProgress progress) {

	/**
	 * Return how many bytes the whole body has, or -1 if that is not known.
	 */
	long length() {
		return (this.object != null) ? this.object.length() : -1;
	}

}
