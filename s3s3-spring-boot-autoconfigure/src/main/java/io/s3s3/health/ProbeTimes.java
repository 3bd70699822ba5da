package io.s3s3.health;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.s3s3.location.LocationRole;

/**
 * Compares how long the probes of the locations take. Both are asked the same, whatever
 * the calls ask for: one has slowed down that takes longer by a margin, both than the
 * other does now and than it did at its best. Guarded by the lock of the
 * {@link TrafficDirector}.
 */
final class ProbeTimes {

	private final long margin;

	/** How old a probe may be to be compared with. */
	private final long maxAge;

	private final Map<LocationRole, Probe> last = new EnumMap<>(LocationRole.class);

	private final Map<LocationRole, Long> best = new EnumMap<>(LocationRole.class);

	/**
	 * Create what compares.
	 * @param margin by how much one takes longer at least, zero if none ever has slowed
	 * down
	 * @param interval the time between two probes
	 */
	ProbeTimes(Duration margin, Duration interval) {
		this.margin = margin.toNanos();
		this.maxAge = interval.multipliedBy(3).toNanos();
	}

	boolean isOn() {
		return this.margin > 0;
	}

	/**
	 * Note a probe that succeeded.
	 * @param role the location
	 * @param duration how long it took, in nanoseconds
	 * @param now when it ended
	 */
	void add(LocationRole role, long duration, Timestamp now) {
		this.last.put(role, new Probe(duration, now.nanos()));
		this.best.merge(role, duration, Math::min);
	}

	/**
	 * Return whether the last probe of a location shows that it has slowed down.
	 * @param role the location
	 * @param now the time
	 */
	boolean showSlowdown(LocationRole role, Timestamp now) {
		Probe own = this.last.get(role);
		Probe other = this.last.get(role.other());
		Long best = this.best.get(role);
		if (!isOn() || own == null || other == null || best == null || now.nanos() - other.ended() > this.maxAge) {
			return false;
		}
		return own.duration() - other.duration() > this.margin && own.duration() - best > this.margin;
	}

	/**
	 * A probe.
	 */
	private record Probe(long duration, long ended) {

	}

}
