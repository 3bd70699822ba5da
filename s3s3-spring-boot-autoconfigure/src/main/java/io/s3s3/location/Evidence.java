package io.s3s3.location;

import org.jspecify.annotations.Nullable;

/**
 * What the last few observations say, some number of which must be good. Not thread-safe.
 */
final class Evidence {

	private final int required;

	private final boolean[] last;

	private int count;

	private @Nullable Long newestGood;

	Evidence(ProbeSettings settings) {
		this.required = settings.required();
		this.last = new boolean[settings.of()];
	}

	// What began before the newest good observation did, and turned out bad later, is
	// old.
	void add(boolean good, long started) {
		if (!good && this.newestGood != null && started - this.newestGood < 0) {
			return;
		}
		if (good && (this.newestGood == null || started - this.newestGood > 0)) {
			this.newestGood = started;
		}
		this.last[this.count++ % this.last.length] = good;
	}

	boolean isGood() {
		return count(true) >= this.required;
	}

	// Whether good observations were too few even if all that are missing were good.
	boolean isBad() {
		return count(false) > this.last.length - this.required;
	}

	private int count(boolean good) {
		int found = 0;
		for (int i = 0; i < Math.min(this.count, this.last.length); i++) {
			found += (this.last[i] == good) ? 1 : 0;
		}
		return found;
	}

}
