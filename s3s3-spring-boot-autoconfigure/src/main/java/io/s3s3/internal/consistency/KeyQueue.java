package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that wait to be asked for, and those that are asked for now. Thread-safe.
 */
final class KeyQueue {

	private final int limit;

	private final ReentrantLock lock = new ReentrantLock();

	/** The next one first; guarded by "lock". */
	private final Set<String> waiting = new LinkedHashSet<>();

	/** None of those that wait; guarded by "lock". */
	private final Set<String> asked = new HashSet<>();

	/**
	 * Create an empty queue.
	 * @param limit how many keys may wait
	 */
	KeyQueue(int limit) {
		this.limit = limit;
	}

	/**
	 * Have a key wait, unless it does, or too many do.
	 */
	void add(String key) {
		this.lock.lock();
		try {
			if (this.waiting.size() < this.limit) {
				this.waiting.add(key);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean contains(String key) {
		this.lock.lock();
		try {
			return this.waiting.contains(key) || this.asked.contains(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return this.waiting.size() + this.asked.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Return the next keys, which go on waiting.
	 */
	List<String> peek(int most) {
		this.lock.lock();
		try {
			return this.waiting.stream().limit(most).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ask for the next keys from now on.
	 */
	List<String> take(int most) {
		this.lock.lock();
		try {
			List<String> next = new ArrayList<>();
			Iterator<String> keys = this.waiting.iterator();
			while (keys.hasNext() && next.size() < most) {
				next.add(keys.next());
				keys.remove();
			}
			this.asked.addAll(next);
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ask for some keys from now on, as far as they wait.
	 */
	void take(Collection<String> keys) {
		this.lock.lock();
		try {
			for (String key : keys) {
				if (this.waiting.remove(key)) {
					this.asked.add(key);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ask for no key any more.
	 * @param left those to wait again, unless the queue has been cleared
	 */
	void giveBack(Collection<String> left) {
		this.lock.lock();
		try {
			left.stream().filter(this.asked::contains).forEach(this.waiting::add);
			this.asked.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remove all keys, those that are asked for among them.
	 * @return the keys
	 */
	Set<String> clear() {
		this.lock.lock();
		try {
			Set<String> cleared = new LinkedHashSet<>(this.waiting);
			cleared.addAll(this.asked);
			this.waiting.clear();
			this.asked.clear();
			return cleared;
		}
		finally {
			this.lock.unlock();
		}
	}

}
