package io.s3s3.internal.io;

/**
 * Is told how far a body has come.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ByteProgress {

	/**
	 * Take notice that the body is opened, and moves from its first byte on. That may be
	 * once more, and what moved before may have gone nowhere.
	 */
	default void opened() {
	}

	/**
	 * Take notice of bytes that moved.
	 * @param bytes how many bytes have moved since the body was opened
	 * @param total how many bytes the body has, or -1 if that is not known
	 */
	void moved(long bytes, long total);

}
