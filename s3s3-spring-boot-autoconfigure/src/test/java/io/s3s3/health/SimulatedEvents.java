package io.s3s3.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.s3s3.health.FailbackProgressed.Phase;
import io.s3s3.location.LocationRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Knows the state of the pair from events alone. An event that is lost, told twice or out
 * of its order does not fit.
 */
final class SimulatedEvents implements LocationListener {

	final List<Absence> absences = new ArrayList<>();

	final List<String> history = new ArrayList<>();

	private final Map<LocationRole, LocationStatus> statuses = new EnumMap<>(LocationRole.class);

	private LocationRole first = LocationRole.PRIMARY;

	private Instant homeOut = Instant.MIN;

	private boolean allOut;

	/** Which part of the calls comes back, 0 if none does or all are back. */
	private int returning;

	SimulatedEvents() {
		for (LocationRole role : LocationRole.values()) {
			this.statuses.put(role, LocationStatus.UP);
		}
	}

	@Override
	public void onLocationEvent(LocationEvent event) {
		this.history.add(event + " at " + event.getTime());
		if (event instanceof LocationStatusChanged change) {
			onStatusChanged(change);
		}
		else if (event instanceof TrafficSwitched move) {
			onTrafficSwitched(move);
		}
		else if (event instanceof FailbackProgressed progress) {
			onFailbackProgressed(progress);
		}
		else {
			boolean out = event instanceof AllLocationsOut;
			assertThat(this.allOut).isNotEqualTo(out);
			this.allOut = out;
		}
	}

	private void onStatusChanged(LocationStatusChanged change) {
		assertThat(change.getTo()).isNotEqualTo(change.getFrom());
		assertThat(this.statuses.put(change.getLocation(), change.getTo())).as("%s", change)
			.isEqualTo(change.getFrom());
		if (change.getLocation() == LocationRole.PRIMARY && change.getTo() == LocationStatus.OUT) {
			this.homeOut = change.getTime();
		}
	}

	private void onTrafficSwitched(TrafficSwitched move) {
		assertThat(move.getFrom()).isEqualTo(this.first).isNotEqualTo(move.getTo());
		this.first = move.getTo();
		if (move.getReason() == SwitchReason.FAILBACK && this.homeOut != Instant.MIN) {
			this.absences.add(new Absence(this.homeOut, move.getTime()));
		}
	}

	private void onFailbackProgressed(FailbackProgressed progress) {
		switch (progress.getPhase()) {
			case STARTED -> assertThat(this.returning).isZero();
			case PROGRESSED -> assertThat(progress.getPercent()).isGreaterThan(this.returning).isGreaterThan(1);
			case COMPLETED, ABORTED -> assertThat(this.returning).isPositive();
		}
		boolean over = progress.getPhase() == Phase.COMPLETED || progress.getPhase() == Phase.ABORTED;
		this.returning = over ? 0 : progress.getPercent();
	}

	boolean isOut(LocationRole role) {
		return this.statuses.get(role) == LocationStatus.OUT;
	}

	void assertMatch(FailoverStatus status, int returning) {
		assertThat(this.returning).isEqualTo(returning);
		for (LocationRole role : LocationRole.values()) {
			assertThat(this.statuses).containsEntry(role, status.get(role).status());
		}
		assertThat(this.first).isEqualTo(status.first());
		assertThat(this.allOut).isEqualTo(status.isAllOut());
	}

	/**
	 * From when home went out to when it had its calls back though the other location was
	 * well.
	 */
	record Absence(Instant from, Instant to) {

	}

}
