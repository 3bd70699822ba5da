package io.s3s3.health;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The last few observations, some number of which must be good. Not thread-safe.
 */
final class OutcomeWindow {

	private final int required;

	private final int of;

	private final Deque<Observation> last = new ArrayDeque<>();

	private @Nullable Long newestGood;

	/**
	 * Create a window without observations.
	 * @param required how many must be good
	 * @param of of how many
	 */
	OutcomeWindow(int required, int of) {
		this.required = required;
		this.of = of;
	}

	void addGood(long started) {
		if (this.newestGood == null || started - this.newestGood > 0) {
			this.newestGood = started;
		}
		add(Observation.GOOD);
	}

	/**
	 * Add a bad observation. It is ignored if it began before the newest good one did,
	 * and those that the same subject may be to blame for count once.
	 * @param started when it began
	 * @param suspect what other than the location may be to blame, or {@code null}
	 */
	void addBad(long started, @Nullable Integer suspect) {
		boolean old = this.newestGood != null && started - this.newestGood < 0;
		Observation bad = new Observation(false, suspect);
		if (!old && (suspect == null || !this.last.contains(bad))) {
			add(bad);
		}
	}

	boolean isGood() {
		return count(true) >= this.required;
	}

	/**
	 * Return whether there would be too few good observations even if all outstanding
	 * ones were good.
	 */
	boolean isBad() {
		return count(false) > this.of - this.required;
	}

	private void add(Observation observation) {
		if (this.last.size() == this.of) {
			this.last.removeFirst();
		}
		this.last.addLast(observation);
	}

	private long count(boolean good) {
		return this.last.stream().filter((observation) -> observation.good() == good).count();
	}

	/**
	 * An observation.
	 */
	private record Observation(boolean good, @Nullable Integer suspect) {

		static final Observation GOOD = new Observation(true, null);

	}

}
