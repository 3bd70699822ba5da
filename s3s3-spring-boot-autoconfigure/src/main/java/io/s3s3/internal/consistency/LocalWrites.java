package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The recent writes of this process alone, in its own memory. When that is full, what was
 * written the longest ago is forgotten. Thread-safe.
 */
final class LocalWrites implements RecentWrites {

	private static final LocationRole[] LOCATIONS = LocationRole.values();

	/** What an entry takes without its key and its writes, estimated. */
	private static final int ENTRY = 200;

	/** What a write takes, estimated. */
	private static final int WRITE = 300;

	private final long limit;

	private final Consumer<KeyHistory> forgotten;

	private final ReentrantLock lock = new ReentrantLock();

	/** In the order of the last writes; guarded by "lock". */
	private final Map<String, KeyHistory> histories = new LinkedHashMap<>();

	/** How many keys only one location knows, by location; guarded by "lock". */
	private final int[] alone = new int[LOCATIONS.length];

	/** Of how many keys nobody knows which write is the last; guarded by "lock". */
	private int uncertain;

	/** Guarded by "lock". */
	private long size;

	/** Written under "lock". */
	private volatile boolean empty = true;

	/**
	 * Create a memory.
	 * @param limit how many bytes it may take
	 */
	LocalWrites(long limit) {
		this(limit, (history) -> {
		});
	}

	/**
	 * Create a memory.
	 * @param limit how many bytes it may take
	 * @param forgotten is told what was forgotten that only one location is known to have
	 */
	LocalWrites(long limit, Consumer<KeyHistory> forgotten) {
		this.limit = limit;
		this.forgotten = forgotten;
	}

	@Override
	public boolean isEmpty() {
		return this.empty;
	}

	@Override
	public @Nullable KeyHistory of(String key) {
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

	@Override
	public KeyHistory written(String key, UnaryOperator<KeyHistory> change) {
		return written(key, change, (history, any) -> any.apply(history));
	}

	@Override
	public <T> KeyHistory written(String key, T write, BiFunction<KeyHistory, T, KeyHistory> change) {
		List<KeyHistory> forgotten;
		KeyHistory after;
		this.lock.lock();
		try {
			KeyHistory before = this.histories.remove(key);
			after = change.apply((before != null) ? before : KeyHistory.EMPTY, write);
			this.histories.put(key, after);
			account(key, before, -1);
			account(key, after, 1);
			forgotten = forgetOldest();
			this.empty = this.histories.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		for (int i = 0; i < forgotten.size(); i++) {
			this.forgotten.accept(forgotten.get(i));
		}
		return after;
	}

	@Override
	public void seen(String key, KeyHistory before, KeyHistory after) {
		this.lock.lock();
		try {
			if (this.histories.get(key) == before) {
				this.histories.put(key, after);
				account(key, before, -1);
				account(key, after, 1);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void changed(String key, UnaryOperator<KeyHistory> change) {
		this.lock.lock();
		try {
			KeyHistory before = this.histories.get(key);
			if (before != null) {
				seen(key, before, change.apply(before));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void forget(String key) {
		this.lock.lock();
		try {
			account(key, this.histories.remove(key), -1);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<KeyHistory> forgetOldest() {
		if (this.size <= this.limit) {
			return List.of();
		}
		List<KeyHistory> alone = new ArrayList<>(1);
		Iterator<Map.Entry<String, KeyHistory>> oldest = this.histories.entrySet().iterator();
		while (this.size > this.limit && oldest.hasNext()) {
			Map.Entry<String, KeyHistory> forgotten = oldest.next();
			account(forgotten.getKey(), forgotten.getValue(), -1);
			oldest.remove();
			if (forgotten.getValue().knowing().size() == 1) {
				alone.add(forgotten.getValue());
			}
		}
		return alone;
	}

	@Override
	public int aloneAt(LocationRole location) {
		this.lock.lock();
		try {
			return this.alone[location.ordinal()];
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<String> aloneAt(LocationRole location, int most) {
		this.lock.lock();
		try {
			return this.histories.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().isAloneAt(location))
				.limit(most)
				.map(Map.Entry::getKey)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<String> aloneAt(LocationRole location, long after, long until) {
		this.lock.lock();
		try {
			List<String> keys = new ArrayList<>();
			for (Map.Entry<String, KeyHistory> entry : this.histories.entrySet()) {
				KeyHistory history = entry.getValue();
				if (history.isAloneAt(location) && history.written() - after > 0 && history.written() - until <= 0) {
					keys.add(entry.getKey());
				}
			}
			return keys;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean mayLack(String prefix, LocationRole location) {
		this.lock.lock();
		try {
			if (this.alone[location.other().ordinal()] + this.uncertain == 0) {
				return false;
			}
			for (Map.Entry<String, KeyHistory> entry : this.histories.entrySet()) {
				KeyHistory history = entry.getValue();
				if (entry.getKey().startsWith(prefix)
						&& (history.isAloneAt(location.other()) || history.isUncertain())) {
					return true;
				}
			}
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void account(String key, @Nullable KeyHistory history, int sign) {
		if (history != null) {
			this.size += sign * weigh(key, history);
			for (LocationRole location : LOCATIONS) {
				this.alone[location.ordinal()] += history.isAloneAt(location) ? sign : 0;
			}
			this.uncertain += history.isUncertain() ? sign : 0;
		}
	}

	private static long weigh(String key, KeyHistory history) {
		KeyHistory before = history.before();
		return ENTRY + 2L * key.length() + weigh(history) + ((before != null) ? weigh(before) : 0);
	}

	private static long weigh(KeyHistory history) {
		return WRITE * (long) history.latest().size() + Long.BYTES * (long) history.superseded().values().length;
	}

}
