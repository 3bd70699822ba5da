package io.s3s3.health;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.s3s3.location.LocationRole;

/**
 * Compares the latency of the probes of both locations, which get the same request,
 * whatever the calls ask for. A location has slowed down if its probes take longer by a
 * margin than those of the other one do now, and than its own did at their best. Guarded
 * by the lock of the {@link TrafficDirector}.
 */
final class ProbeTimes {

	private final long margin;

	/** The maximum age of a probe to compare with. */
	private final long maxAge;

	private final Map<LocationRole, Probe> last = new EnumMap<>(LocationRole.class);

	private final Map<LocationRole, Long> best = new EnumMap<>(LocationRole.class);

	/**
	 * Create a comparison.
	 * @param margin the minimum by which a probe takes longer, or zero to disable the
	 * comparison
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
	 * Record a successful probe.
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
