package io.s3s3.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Notes what it is told, each as one line.
 */
class RecordingListener implements LocationListener {

	final List<String> lines = new ArrayList<>();

	/** How calls came back. */
	final List<String> failbacks = new ArrayList<>();

	/** What the last change of a status was put down to. */
	@Nullable String cause;

	@Override
	public void onStatusChanged(LocationTransition transition) {
		this.cause = transition.cause();
		this.lines.add("%s %s -> %s (%s)".formatted(transition.location(), transition.from().tag(),
				transition.to().tag(), transition.reason().tag()));
	}

	@Override
	public void onTrafficSwitched(TrafficSwitch trafficSwitch) {
		this.lines.add("traffic %s -> %s (%s)".formatted(trafficSwitch.from(), trafficSwitch.to(),
				trafficSwitch.reason().tag()));
	}

	@Override
	public void onFailbackProgressed(FailbackProgress progress) {
		this.failbacks.add("%s %s %d (%s)".formatted(progress.to(), progress.phase().tag(), progress.percent(),
				progress.reason().tag()));
	}

	@Override
	public void onAllLocationsOut(Instant time) {
		this.lines.add("all out");
	}

	@Override
	public void onLocationAvailableAgain(Instant since, Instant time) {
		this.lines.add("all out ended");
	}

	List<String> take() {
		List<String> taken = List.copyOf(this.lines);
		this.lines.clear();
		return taken;
	}

}
