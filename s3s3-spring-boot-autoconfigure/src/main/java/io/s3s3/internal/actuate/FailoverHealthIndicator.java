package io.s3s3.internal.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.FailoverStatus;
import io.s3s3.health.LocationSnapshot;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.ProbeReport;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

/**
 * Reports {@link Status#DOWN} only when no location is well: as long as any is, calls are
 * served. It reports what is known already and never calls S3. Thread-safe.
 */
public class FailoverHealthIndicator implements HealthIndicator {

	private final FailoverControl control;

	private final Status degraded;

	/**
	 * Create an indicator.
	 * @param control knows the state of the locations
	 * @param degraded the status while home is out and the other location serves, or
	 * {@code null} for {@link Status#UP}
	 */
	public FailoverHealthIndicator(FailoverControl control, @Nullable Status degraded) {
		Assert.notNull(control, "control is required");
		this.control = control;
		this.degraded = (degraded != null) ? degraded : Status.UP;
	}

	@Override
	public Health health() {
		FailoverStatus status = this.control.status();
		Health.Builder health = Health.status(statusOf(status))
			.withDetail("home", status.home().tag())
			.withDetail("first", status.first().tag());
		for (LocationRole role : LocationRole.values()) {
			health.withDetail(role.tag(), detailsOf(status.get(role)));
		}
		return health.build();
	}

	private Status statusOf(FailoverStatus status) {
		if (status.isAllOut()) {
			return Status.DOWN;
		}
		return (status.get(status.home()).status() == LocationStatus.OUT) ? this.degraded : Status.UP;
	}

	private static Map<String, Object> detailsOf(LocationSnapshot location) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("status", location.status().tag());
		details.put("reason", location.reason().tag());
		details.put("since", location.since());
		ProbeReport probe = location.lastProbe();
		if (probe != null) {
			details.put("lastProbe", probe.result().tag());
		}
		return details;
	}

}
