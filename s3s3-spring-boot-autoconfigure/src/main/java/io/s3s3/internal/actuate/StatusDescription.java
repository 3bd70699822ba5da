package io.s3s3.internal.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.s3s3.health.LocationSnapshot;
import io.s3s3.health.ProbeReport;
import io.s3s3.health.SwitchRecord;
import io.s3s3.health.TrafficSwitched;
import org.jspecify.annotations.Nullable;

/**
 * Describes the parts of a status as names and values, leaving out what is not known.
 */
abstract class StatusDescription {

	static Map<String, Object> of(LocationSnapshot location) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("status", location.status().tag());
		shown.put("reason", location.reason().tag());
		shown.put("since", location.since());
		shown.put("circuit", circuitOf(location));
		putIfKnown(shown, "rampPercent", location.rampPercent());
		putIfKnown(shown, "holdDownEnd", location.holdDownEnd());
		shown.put("relapses", location.relapses());
		shown.put("unconfirmedWrites", location.unconfirmedWrites());
		putIfKnown(shown, "hedgeDelay", location.hedgeDelay());
		shown.put("lastErrors", location.lastErrors());
		ProbeReport probe = location.lastProbe();
		putIfKnown(shown, "lastProbe", (probe != null) ? Probe.of(probe) : null);
		return shown;
	}

	static Map<String, Object> of(SwitchRecord past) {
		TrafficSwitched move = past.move();
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("from", move.getFrom().tag());
		shown.put("to", move.getTo().tag());
		shown.put("reason", move.getReason().tag());
		shown.put("unconfirmedWrites", move.getUnconfirmedWrites());
		shown.put("time", move.getTime());
		putIfKnown(shown, "detection", past.detection());
		putIfKnown(shown, "firstServed", past.firstServed());
		putIfKnown(shown, "confirmed", past.confirmed());
		return shown;
	}

	private static Map<String, Object> circuitOf(LocationSnapshot location) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("calls", location.calls());
		shown.put("failures", location.failures());
		putIfKnown(shown, "failureRate", location.failureRate());
		putIfKnown(shown, "slowCallRate", location.slowCallRate());
		shown.put("consecutiveFailures", location.consecutiveFailures());
		shown.put("consecutiveThrottles", location.consecutiveThrottles());
		return shown;
	}

	private static void putIfKnown(Map<String, Object> shown, String name, @Nullable Object value) {
		if (value != null) {
			shown.put(name, value);
		}
	}

	/**
	 * The last probe of a location.
	 */
	record Probe(String result, @Nullable String cause, Duration duration, Instant time) {

		static Probe of(ProbeReport report) {
			return new Probe(report.result().tag(), report.cause(), report.duration(), report.time());
		}

	}

}
