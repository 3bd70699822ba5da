package io.s3s3.health;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A director of traffic whose time a test moves.
 */
abstract class AbstractTrafficDirectorTests {

	static final LocationRole PRIMARY = LocationRole.PRIMARY;

	static final LocationRole SECONDARY = LocationRole.SECONDARY;

	final ManualTime time = new ManualTime();

	final RecordingListener listener = new RecordingListener();

	TrafficDirector director = director(DirectedTraffic.settings());

	TrafficDirector director(HealthSettings.Builder settings) {
		return new TrafficDirector(settings.build(), List.of(this.listener), this.time, () -> 0);
	}

	LocationRole first() {
		return this.director.order("key").get(0);
	}

	LocationStatus status(LocationRole role) {
		return this.director.status().get(role).status();
	}

	void takeOut(LocationRole role) {
		pass(1);
		IntStream.range(0, 3).forEach((i) -> fail(role));
		assertThat(status(role)).isEqualTo(LocationStatus.OUT);
	}

	void comeBack(LocationRole role) {
		while (status(role) != LocationStatus.UP) {
			pass(1);
		}
		succeed(role);
	}

	void succeed(LocationRole role) {
		this.director.succeeded(attempt(role));
	}

	void fail(LocationRole role) {
		this.director.failed(attempt(role), "timeout");
	}

	void probe(LocationRole role, ProbeResult result) {
		this.director.update((pair, now) -> pair
			.probed(new ProbeReport(role, result, null, Duration.ofMillis(1), this.time.instant()), now.nanos(), now));
	}

	Attempt attempt(LocationRole role) {
		return new Attempt(role, this.time.nanoTime(), Duration.ZERO, null);
	}

	Attempt attemptSince(LocationRole role, long started) {
		return new Attempt(role, started, Duration.ofNanos(this.time.nanoTime() - started), null);
	}

	void pass(int seconds) {
		this.time.pass(Duration.ofSeconds(seconds));
	}

}
