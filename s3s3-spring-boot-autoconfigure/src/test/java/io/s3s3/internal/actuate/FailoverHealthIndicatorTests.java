package io.s3s3.internal.actuate;

import java.util.List;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverHealthIndicator}.
 */
class FailoverHealthIndicatorTests {

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	private final S3Client client = mock(S3Client.class, (invocation) -> {
		throw new AssertionError("S3 was called");
	});

	private final FailoverControl control = FailoverControl.of(this.director,
			new LocationPair(Location.of(LocationRole.PRIMARY, this.client, "east"),
					Location.of(LocationRole.SECONDARY, this.client, "west")),
			(location) -> ProbeResult.FAILURE);

	private final FailoverHealthIndicator indicator = new FailoverHealthIndicator(this.control, null);

	private final FailoverHealthIndicator strict = new FailoverHealthIndicator(this.control, new Status("DEGRADED"));

	@Test
	void isUpWithDetailsAndWithoutACall() {
		Health health = this.indicator.health();

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("home", "primary").containsEntry("first", "primary");
		assertThat(health.getDetails().get("secondary")).asString().startsWith("{status=up, reason=started, since=20");
		assertThat(this.strict.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@CsvSource({ "PRIMARY, DEGRADED", "SECONDARY, UP" })
	void isDegradedWhileHomeIsOut(LocationRole out, String expected) {
		takeOut(out);

		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(this.strict.health().getStatus().getCode()).isEqualTo(expected);
	}

	@Test
	void isNotDegradedWhereAnOperatorChoseTheLocation() {
		this.control.drain(LocationRole.PRIMARY);

		assertThat(this.strict.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isDownWhenNoLocationIsWell() {
		this.control.drain(LocationRole.PRIMARY);
		takeOut(LocationRole.SECONDARY);

		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(this.strict.health().getStatus()).isEqualTo(Status.DOWN);
	}

	private void takeOut(LocationRole role) {
		for (int i = 0; i < 3; i++) {
			this.control.probeNow(role);
		}
	}

}
