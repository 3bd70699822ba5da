package io.s3s3.internal.download;

import java.io.EOFException;
import java.io.IOException;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * A segment of the body of a download: what one answer brings before it breaks.
 *
 * @param object the bytes that the whole body should have, with its end if that is known
 * @param firstByte the first byte of the segment if it was read already, or -1
 * @param stream the bytes that follow it
 * @param resumer what fetches the rest if the segment breaks
 * @param progress receives the progress of the whole body, or {@code null}
 */
public record BodySegment(ObjectRange object, int firstByte, AbortableInputStream stream, DownloadResumer resumer,
		@Nullable ByteProgress progress) {

	/**
	 * Wait for the first byte. A body that breaks before that is not resumed, since
	 * nothing has been passed on.
	 */
	static BodySegment begin(ObjectRange object, AbortableInputStream stream, DownloadResumer resumer,
			@Nullable ByteProgress progress) throws IOException {
		int first = stream.read();
		if (first < 0 && object.length() > 0) {
			throw new EOFException("The answer ended after 0 of %d bytes".formatted(object.length()));
		}
		return new BodySegment(object, first, stream, resumer, progress);
	}

	/**
	 * Return this segment without a receiver of its progress.
	 */
	BodySegment unobserved() {
		return new BodySegment(this.object, this.firstByte, this.stream, this.resumer, null);
	}

}
