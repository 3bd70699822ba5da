package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.List;

import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class OverflowTests {

	private static final String FULL = "(s3s3.consistency.memory=4096B): writes are forgotten that the ";

	private final Overflow overflow = new Overflow(DataSize.ofKilobytes(4),
			new TrafficDirector(HealthSettings.DEFAULTS, List.of()));

	private final RecentWrites writes = new LocalWrites(4096, this.overflow);

	@BeforeEach
	void beginAnew() {
		this.overflow.beginAnew();
	}

	@Test
	void tellsOnceAfterASwitchThatWhatWasWrittenAwayIsForgotten(CapturedOutput output) {
		fill(LocationRole.SECONDARY);
		assertThat(output).containsOnlyOnce(FULL + "primary location");

		this.overflow.beginAnew();
		fill(LocationRole.SECONDARY);

		assertThat(output.toString().split("writes are forgotten", -1)).hasSize(3);
	}

	@Test
	void saysNothingOfWhatWasWrittenAtHomeLongerAgoThanReplicationTakes(CapturedOutput output) {
		fill(LocationRole.PRIMARY);
		this.overflow.replicated(LocationRole.SECONDARY, Duration.ofNanos(1));
		fill(LocationRole.PRIMARY);

		assertThat(output).doesNotContain(FULL);
	}

	@Test
	void tellsThatWhatWasWrittenAtHomeIsForgottenBeforeItCanHaveArrived(CapturedOutput output) {
		this.overflow.replicated(LocationRole.SECONDARY, Duration.ofMinutes(1));

		fill(LocationRole.PRIMARY);

		assertThat(output).containsOnlyOnce(FULL + "secondary location");
	}

	@Test
	void saysNothingOfWhatBothLocationsHave(CapturedOutput output) {
		Sighting seen = new Sighting(true, ObjectIdentity.of("v", "e"), null, null);
		for (int i = 0; i < 50; i++) {
			String key = "key" + i;
			write(key, LocationRole.SECONDARY);
			this.writes.changed(key, (history) -> history.confirmed(LocationRole.PRIMARY, seen));
		}

		assertThat(output).doesNotContain(FULL);
	}

	private void fill(LocationRole location) {
		for (int i = 0; i < 50; i++) {
			write("key" + i, location);
		}
	}

	private void write(String key, LocationRole location) {
		long now = System.nanoTime();
		this.writes.written(key, (history) -> history
			.acknowledged(new OwnWrite(Kind.PUT, location, ObjectIdentity.of("v", "e"), new Span(now, now, null))));
	}

}
