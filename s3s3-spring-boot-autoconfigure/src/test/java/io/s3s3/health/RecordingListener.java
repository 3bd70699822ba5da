package io.s3s3.health;

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
	public void onLocationEvent(LocationEvent event) {
		if (event instanceof LocationStatusChanged change) {
			this.cause = change.getCause();
			this.lines.add("%s %s -> %s (%s)".formatted(change.getLocation(), change.getFrom().tag(),
					change.getTo().tag(), change.getReason().tag()));
		}
		else if (event instanceof TrafficSwitched move) {
			this.lines.add("traffic %s -> %s (%s)".formatted(move.getFrom(), move.getTo(), move.getReason().tag()));
		}
		else if (event instanceof FailbackProgressed progress) {
			this.failbacks.add("%s %s %d (%s)".formatted(progress.getTo(), progress.getPhase().tag(),
					progress.getPercent(), progress.getReason().tag()));
		}
		else {
			this.lines.add((event instanceof AllLocationsOut) ? "all out" : "all out ended");
		}
	}

	List<String> take() {
		List<String> taken = List.copyOf(this.lines);
		this.lines.clear();
		return taken;
	}

}
