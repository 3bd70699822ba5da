package io.s3s3.health;

import java.util.EnumMap;
import java.util.Map;

import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each change of a location once. Called by one thread at a time.
 */
final class LoggingLocationListener implements LocationListener {

	private static final Logger logger = LoggerFactory.getLogger(TrafficDirector.class);

	private final Map<LocationRole, ProbeResult> lastResults = new EnumMap<>(LocationRole.class);

	@Override
	public void onLocationEvent(LocationEvent event) {
		if (event instanceof LocationStatusChanged change) {
			logChange(change);
		}
		else if (event instanceof TrafficSwitched move) {
			logger.info("Calls go to the {} location first ({})", move.getTo(), move.getReason().tag());
		}
		else if (event instanceof FailbackProgressed progress) {
			logProgress(progress);
		}
		else if (event instanceof LocationAvailableAgain again) {
			logger.info("A location is well again, after {} without any", again.getDuration());
		}
		else {
			logger.warn("No location is well; calls still try them");
		}
	}

	private static void logChange(LocationStatusChanged change) {
		String text = "The {} location is {} ({}), it was {}";
		String reason = change.getReason().tag();
		if (change.getTo() == LocationStatus.OUT) {
			String why = (change.getCause() != null) ? reason + ": " + change.getCause() : reason;
			logger.warn(text, change.getLocation(), change.getTo().tag(), why, change.getFrom().tag());
		}
		else {
			logger.info(text, change.getLocation(), change.getTo().tag(), reason, change.getFrom().tag());
		}
	}

	private static void logProgress(FailbackProgressed progress) {
		switch (progress.getPhase()) {
			case STARTED, PROGRESSED -> logger.info("Calls return to the {} location: {} percent of them",
					progress.getTo(), progress.getPercent());
			case COMPLETED ->
				logger.info("All calls are back at the {} location ({})", progress.getTo(), progress.getReason().tag());
			case ABORTED -> logger.info("Calls no longer return to the {} location ({})", progress.getTo(),
					progress.getReason().tag());
		}
	}

	@Override
	public void onProbed(ProbeReport report) {
		ProbeResult last = this.lastResults.put(report.location(), report.result());
		if (report.result() == ProbeResult.DENIED && last != ProbeResult.DENIED) {
			logger.warn("The {} location denies the probe, so that only calls can tell whether it is well: check its "
					+ "credentials and permissions, or set s3s3.probe.*", report.location());
		}
	}

}
