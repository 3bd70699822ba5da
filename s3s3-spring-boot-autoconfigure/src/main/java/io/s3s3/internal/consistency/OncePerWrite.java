package io.s3s3.internal.consistency;

import java.util.LinkedHashMap;
import java.util.Map;

import io.s3s3.location.LocationRole;

/**
 * Tells of each write once what may be found out more than once. Thread-safe.
 */
final class OncePerWrite implements Discoveries {

	private static final int MAX_TOLD = 10_000;

	private final Discoveries target;

	private final RecentWrites writes;

	/** When the write was acknowledged that something was told of; guarded by itself. */
	private final Map<Finding, Long> told = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Finding, Long> eldest) {
			return size() > MAX_TOLD;
		}

	};

	/**
	 * Create what has told nothing yet.
	 * @param target is told
	 * @param writes knows when keys were written
	 */
	OncePerWrite(Discoveries target, RecentWrites writes) {
		this.target = target;
		this.writes = writes;
	}

	@Override
	public void buried(String key, LocationRole location) {
		if (isNew("buried", key, location)) {
			this.target.buried(key, location);
		}
	}

	@Override
	public void notReplicated(String key, LocationRole location) {
		if (isNew("not replicated", key, location)) {
			this.target.notReplicated(key, location);
		}
	}

	@Override
	public void unproven(String key, LocationRole location) {
		if (isNew("unproven", key, location)) {
			this.target.unproven(key, location);
		}
	}

	private boolean isNew(String what, String key, LocationRole location) {
		KeyHistory history = this.writes.of(key);
		long written = (history != null) ? history.lastAcknowledged() : 0;
		synchronized (this.told) {
			Long before = this.told.put(new Finding(what, key, location), written);
			return before == null || before != written;
		}
	}

	private record Finding(String what, String key, LocationRole location) {

	}

}
