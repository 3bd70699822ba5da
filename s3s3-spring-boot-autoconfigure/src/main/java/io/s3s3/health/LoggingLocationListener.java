package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once in the log what became of a location. Told by one thread at a time.
 */
final class LoggingLocationListener implements LocationListener {

	private static final Logger logger = LoggerFactory.getLogger(TrafficDirector.class);

	private final Map<LocationRole, ProbeResult> lastResults = new EnumMap<>(LocationRole.class);

	@Override
	public void onStatusChanged(LocationTransition transition) {
		String text = "The {} location is {} ({}), it was {}";
		String reason = transition.reason().tag();
		if (transition.to() == LocationStatus.OUT) {
			String why = (transition.cause() != null) ? reason + ": " + transition.cause() : reason;
			logger.warn(text, transition.location(), transition.to().tag(), why, transition.from().tag());
		}
		else {
			logger.info(text, transition.location(), transition.to().tag(), reason, transition.from().tag());
		}
	}

	@Override
	public void onTrafficSwitched(TrafficSwitch trafficSwitch) {
		logger.info("Calls go to the {} location first ({})", trafficSwitch.to(), trafficSwitch.reason().tag());
	}

	@Override
	public void onFailbackProgressed(FailbackProgress progress) {
		switch (progress.phase()) {
			case STARTED, PROGRESSED -> logger.info("Calls come back to the {} location: {} percent of them",
					progress.to(), progress.percent());
			case COMPLETED ->
				logger.info("All calls are back at the {} location ({})", progress.to(), progress.reason().tag());
			case ABORTED -> logger.info("Calls no longer come back to the {} location ({})", progress.to(),
					progress.reason().tag());
		}
	}

	@Override
	public void onAllLocationsOut(Instant time) {
		logger.warn("No location is well; calls still try them");
	}

	@Override
	public void onLocationAvailableAgain(Instant since, Instant time) {
		logger.info("A location is well again, after {} without any", Duration.between(since, time));
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
