package io.s3s3.internal.download;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * A segment of the body of a download: what one answer brings before it breaks.
 *
 * @param object what the whole body is to bring, with its end if that is known
 * @param firstByte the first byte of the segment if it was read, or -1
 * @param stream the bytes that follow it
 * @param resumer what fetches the rest if the segment breaks
 * @param progress receives how far the whole body has come, or {@code null}
 */
public record BodySegment(ObjectRange object, int firstByte, AbortableInputStream stream, DownloadResumer resumer,
		@Nullable ByteProgress progress) {

}
