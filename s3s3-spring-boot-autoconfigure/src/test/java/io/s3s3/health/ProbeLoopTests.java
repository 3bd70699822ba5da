package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProbeLoop} and {@link Prober}.
 */
class ProbeLoopTests {

	private final ManualTime time = new ManualTime();

	private final List<LocationRole> probed = new ArrayList<>();

	private final List<ProbeReport> told = new ArrayList<>();

	private final LocationPair pair = new LocationPair(Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east"),
			Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west"));

	private double chance = 0.5;

	private boolean broken;

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS,
			List.of(new LocationListener() {

				@Override
				public void onProbed(ProbeReport report) {
					ProbeLoopTests.this.told.add(report);
				}

			}), this.time, () -> this.chance);

	private final Prober prober = new Prober(this.pair, this::probe, this.director);

	private final ProbeLoop loop = new ProbeLoop(LocationRole.SECONDARY, this.prober, this.director);

	@ParameterizedTest
	@CsvSource({ "0, 1600", "0.5, 2000", "1, 2400" })
	void waitsForTheIntervalGiveOrTakeAFifth(double chance, long millis) {
		this.chance = chance;

		assertThat(this.loop.step()).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void probesUntilItIsKnownThatTheLocationIsWell() {
		for (int i = 0; i < 5; i++) {
			this.loop.step();
		}

		assertThat(this.probed).containsExactly(LocationRole.SECONDARY, LocationRole.SECONDARY);
		assertThat(this.told).extracting(ProbeReport::result).containsOnly(ProbeResult.SUCCESS);
		assertThat(this.told.get(0).duration()).isEqualTo(Duration.ofMillis(5));
		assertThat(this.told.get(0).location()).isEqualTo(LocationRole.SECONDARY);
	}

	@Test
	void takesAnExceptionForAFailure() {
		this.broken = true;
		for (int i = 0; i < 5; i++) {
			this.loop.step();
		}

		assertThat(this.told).hasSize(5).extracting(ProbeReport::result).containsOnly(ProbeResult.FAILURE);
		assertThat(this.director.isWell(LocationRole.SECONDARY)).isFalse();
		assertThat(this.director.isWell(LocationRole.PRIMARY)).isTrue();
	}

	@Test
	void tellsNothingWhenMuted() {
		this.prober.mute();
		this.loop.step();

		assertThat(this.told).isEmpty();
	}

	@Test
	void takesAnInterruptionForNoFailure() {
		Prober interrupted = new Prober(this.pair, (location) -> {
			throw AbortedException.create("as told");
		}, this.director);

		assertThatExceptionOfType(AbortedException.class).isThrownBy(() -> interrupted.probe(LocationRole.SECONDARY));

		assertThat(this.told).isEmpty();
	}

	private ProbeResult probe(Location location) {
		this.probed.add(location.role());
		this.time.pass(Duration.ofMillis(5));
		if (this.broken) {
			throw new IllegalStateException("as told");
		}
		return ProbeResult.SUCCESS;
	}

}
