package io.s3s3.internal.consistency;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the recent writes of this process, key by key. When the memory is full, what
 * was written the longest ago is forgotten. Thread-safe.
 */
final class RecentWrites {

	/** What an entry takes without its key and its writes, estimated. */
	private static final int ENTRY = 200;

	/** What a write takes, estimated. */
	private static final int WRITE = 300;

	private final long limit;

	private final ReentrantLock lock = new ReentrantLock();

	/** In the order of the last writes; guarded by "lock". */
	private final Map<String, KeyHistory> histories = new LinkedHashMap<>();

	/** Guarded by "lock". */
	private long size;

	/** Written under "lock". */
	private volatile boolean empty = true;

	/**
	 * Create a memory.
	 * @param limit how many bytes it may take
	 */
	RecentWrites(long limit) {
		this.limit = limit;
	}

	boolean isEmpty() {
		return this.empty;
	}

	/**
	 * Return what is remembered of a key.
	 * @return its history, or {@code null} if there is none
	 */
	@Nullable KeyHistory of(String key) {
		if (this.empty) {
			return null;
		}
		this.lock.lock();
		try {
			return this.histories.get(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remember a write.
	 * @param key its key
	 * @param change makes the history after it of the one before
	 */
	void written(String key, UnaryOperator<KeyHistory> change) {
		this.lock.lock();
		try {
			KeyHistory before = this.histories.remove(key);
			KeyHistory after = change.apply((before != null) ? before : KeyHistory.EMPTY);
			this.histories.put(key, after);
			this.size += weigh(key, after) - ((before != null) ? weigh(key, before) : 0);
			forgetOldest();
			this.empty = this.histories.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Note what an answer has shown of a key, unless that has been written since.
	 * @param key the key
	 * @param before the history that the answer was held against
	 * @param after the history that follows
	 */
	void seen(String key, KeyHistory before, KeyHistory after) {
		this.lock.lock();
		try {
			if (this.histories.get(key) == before) {
				this.histories.put(key, after);
				this.size += weigh(key, after) - weigh(key, before);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget a key.
	 */
	void forget(String key) {
		this.lock.lock();
		try {
			KeyHistory forgotten = this.histories.remove(key);
			this.size -= (forgotten != null) ? weigh(key, forgotten) : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forgetOldest() {
		Iterator<Map.Entry<String, KeyHistory>> oldest = this.histories.entrySet().iterator();
		while (this.size > this.limit && oldest.hasNext()) {
			Map.Entry<String, KeyHistory> forgotten = oldest.next();
			this.size -= weigh(forgotten.getKey(), forgotten.getValue());
			oldest.remove();
		}
	}

	private static long weigh(String key, KeyHistory history) {
		return ENTRY + 2L * key.length() + WRITE * (long) history.latest().size()
				+ Long.BYTES * (long) history.superseded().values().length;
	}

}
