package io.s3s3.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
	public void onStatusChanged(LocationTransition transition) {
		this.history.add(transition.toString());
		assertThat(transition.to()).isNotEqualTo(transition.from());
		assertThat(this.statuses.put(transition.location(), transition.to())).as("%s", transition)
			.isEqualTo(transition.from());
		if (transition.location() == LocationRole.PRIMARY && transition.to() == LocationStatus.OUT) {
			this.homeOut = transition.time();
		}
	}

	@Override
	public void onTrafficSwitched(TrafficSwitch trafficSwitch) {
		this.history.add(trafficSwitch.toString());
		assertThat(trafficSwitch.from()).isEqualTo(this.first).isNotEqualTo(trafficSwitch.to());
		this.first = trafficSwitch.to();
		if (trafficSwitch.reason() == SwitchReason.FAILBACK && this.homeOut != Instant.MIN) {
			this.absences.add(new Absence(this.homeOut, trafficSwitch.time()));
		}
	}

	@Override
	public void onFailbackProgressed(FailbackProgress progress) {
		this.history.add(progress.toString());
		switch (progress.phase()) {
			case STARTED -> assertThat(this.returning).isZero();
			case PROGRESSED -> assertThat(progress.percent()).isGreaterThan(this.returning).isGreaterThan(1);
			case COMPLETED, ABORTED -> assertThat(this.returning).isPositive();
		}
		boolean over = progress.phase() == FailbackPhase.COMPLETED || progress.phase() == FailbackPhase.ABORTED;
		this.returning = over ? 0 : progress.percent();
	}

	boolean isOut(LocationRole role) {
		return this.statuses.get(role) == LocationStatus.OUT;
	}

	@Override
	public void onAllLocationsOut(Instant time) {
		assertThat(this.allOut).isFalse();
		this.allOut = true;
	}

	@Override
	public void onLocationAvailableAgain(Instant since, Instant time) {
		assertThat(this.allOut).isTrue();
		assertThat(time).isAfterOrEqualTo(since);
		this.allOut = false;
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
