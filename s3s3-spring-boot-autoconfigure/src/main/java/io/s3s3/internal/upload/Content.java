package io.s3s3.internal.upload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Content of which any part can be read repeatedly and concurrently.
 */
sealed interface Content extends Closeable permits ReplayBuffer, ReopenedContent {

	/**
	 * Read the content up to a position, or to its end.
	 * @param position the position
	 * @return where the content ends, at most that position
	 * @throws IOException if the content cannot be read
	 */
	long fill(long position) throws IOException;

	/**
	 * Return whether the content would be kept if it were read up to a position.
	 * @param position the position
	 * @return whether it can be read again afterwards
	 */
	boolean holds(long position);

	/**
	 * Open the bytes between two positions.
	 * @param from the first position
	 * @param to the position after the last one
	 * @return the bytes
	 * @throws IOException if the content cannot be opened
	 */
	InputStream open(long from, long to) throws IOException;

	/**
	 * Return why the content cannot be read again.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String notReplayableReason();

	@Override
	void close();

}
