package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A control over locations whose time a test moves.
 */
abstract class AbstractFailoverControlTests {

	static final LocationRole PRIMARY = LocationRole.PRIMARY;

	static final LocationRole SECONDARY = LocationRole.SECONDARY;

	final ManualTime time = new ManualTime();

	final RecordingListener listener = new RecordingListener();

	final HealthSettings settings = DirectedTraffic.settings().ramp(List.of(1, 50)).build();

	final TrafficDirector director = new TrafficDirector(this.settings, List.of(this.listener), this.time, () -> 0);

	ProbeResult nextProbe = ProbeResult.SUCCESS;

	final FailoverControl control = new DefaultFailoverControl(this.director,
			new LocationPair(Location.of(PRIMARY, mock(S3Client.class), "east"),
					Location.of(SECONDARY, mock(S3Client.class), "west")),
			(location) -> {
				this.time.pass(Duration.ofMillis(7));
				return this.nextProbe;
			});

	LocationRole first() {
		return this.director.order("key").get(0);
	}

	void takeOut(LocationRole role) {
		pass(1);
		IntStream.range(0, 3).forEach((i) -> fail(role));
		assertThat(this.control.status().get(role).status()).isEqualTo(LocationStatus.OUT);
	}

	void fail(LocationRole role) {
		this.director.failed(attempt(role), "timeout");
	}

	Attempt attempt(LocationRole role) {
		return new Attempt(role, this.time.nanoTime(), Duration.ZERO, null);
	}

	void pass(int seconds) {
		this.time.pass(Duration.ofSeconds(seconds));
	}

}
