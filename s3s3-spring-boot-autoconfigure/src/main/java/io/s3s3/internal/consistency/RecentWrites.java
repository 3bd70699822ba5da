package io.s3s3.internal.consistency;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Remembers recent writes, key by key. Thread-safe.
 */
interface RecentWrites {

	boolean isEmpty();

	/**
	 * Return what is remembered of a key.
	 * @return its history, or {@code null} if there is none
	 */
	@Nullable KeyHistory of(String key);

	/**
	 * Remember a write.
	 * @param key its key
	 * @param change makes the history after it of the one before
	 * @return the history after it
	 */
	KeyHistory written(String key, UnaryOperator<KeyHistory> change);

	/**
	 * Remember a write.
	 * @param key its key
	 * @param write the write
	 * @param change makes the history after it of the one before and the write
	 * @return the history after it
	 */
	<T> KeyHistory written(String key, T write, BiFunction<KeyHistory, T, KeyHistory> change);

	/**
	 * Note what an answer has shown of a key, unless that has been written since.
	 * @param key the key
	 * @param before the history that the answer was held against
	 * @param after the history that follows
	 */
	void seen(String key, KeyHistory before, KeyHistory after);

	/**
	 * Note what a deletion has changed of the writes of a key, if any are remembered.
	 * @param key the key
	 * @param change makes the history after it of the one before
	 */
	void changed(String key, UnaryOperator<KeyHistory> change);

	/**
	 * Forget a key.
	 */
	void forget(String key);

	/**
	 * Return how many keys have a last write that only one location knows.
	 * @param location the location
	 */
	int aloneAt(LocationRole location);

	/**
	 * Return the keys whose last write only one location knows.
	 * @param location the location
	 * @param most how many of them at most
	 * @return the keys, the one that was written the longest ago first
	 */
	List<String> aloneAt(LocationRole location, int most);

	/**
	 * Return the keys whose last write only one location knows, by when that was.
	 * @param location the location
	 * @param after after which time, as {@link System#nanoTime()} counts
	 * @param until until which time
	 * @return the keys
	 */
	List<String> aloneAt(LocationRole location, long after, long until);

	/**
	 * Return whether a location is not known to have the last write of some key, while
	 * the other one is, or nobody knows which write that is.
	 * @param prefix what the key begins with
	 */
	boolean mayLack(String prefix, LocationRole location);

}
