package io.s3s3.internal.io;

/**
 * Receives the progress of a body.
 */
@FunctionalInterface
public interface ByteProgress {

	/**
	 * Called when bytes have moved.
	 * @param bytes how many bytes have moved since the body was opened
	 * @param total how many bytes the body has, or -1 if that is not known
	 */
	void moved(long bytes, long total);

}
