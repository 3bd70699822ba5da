package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An operator who meddles now and then, until a time from which on all is as it was.
 */
final class SimulatedOperator {

	private final Simulation simulation;

	private final FailoverControl control;

	private final Random random;

	private final Deque<Instant> interventions = new ArrayDeque<>();

	private @Nullable LocationRole forced;

	private long forcedUntil;

	private @Nullable LocationRole drained;

	SimulatedOperator(Simulation simulation, FailoverControl control, Random random) {
		this.simulation = simulation;
		this.control = control;
		this.random = random;
	}

	void start(Duration until) {
		this.simulation.after(Duration.ofSeconds(this.random.nextInt(300)), () -> intervene(until));
	}

	private void intervene(Duration until) {
		if (this.simulation.isClosed()) {
			assertThatIllegalStateException().isThrownBy(this.control::reset);
			return;
		}
		this.interventions.add(this.simulation.instant());
		LocationRole role = LocationRole.values()[this.random.nextInt(2)];
		switch (this.random.nextInt(6)) {
			case 0 -> force(role);
			case 1 -> release();
			case 2 -> drain(role);
			case 3 -> undrain();
			case 4 -> this.control.failBack();
			default -> this.control.reset();
		}
		Duration pause = Duration.ofSeconds(1L + this.random.nextInt(200));
		if (this.simulation.nanoTime() + pause.toNanos() < until.toNanos()) {
			this.simulation.after(pause, () -> intervene(until));
		}
		else {
			release();
			undrain();
		}
	}

	private void force(LocationRole role) {
		if (role != this.drained) {
			Duration duration = Duration.ofSeconds(1L + this.random.nextInt(120));
			this.control.force(role, duration);
			this.forced = role;
			this.forcedUntil = this.simulation.nanoTime() + duration.toNanos();
		}
	}

	private void release() {
		this.control.release();
		this.forced = null;
	}

	private void drain(LocationRole role) {
		if (this.drained == null && forced() != role) {
			this.control.drain(role);
			this.drained = role;
		}
	}

	private void undrain() {
		if (this.drained != null) {
			this.control.undrain(this.drained);
			this.drained = null;
		}
	}

	@Nullable LocationRole forced() {
		return (this.simulation.nanoTime() < this.forcedUntil) ? this.forced : null;
	}

	@Nullable LocationRole drained() {
		return this.drained;
	}

	boolean isQuiet(Instant from, Instant to) {
		return this.interventions.stream().noneMatch((time) -> !time.isBefore(from) && !time.isAfter(to));
	}

	// Whether an operator meddled so lately that what the locations do decides nothing.
	boolean isSteering(long since) {
		Instant last = this.interventions.peekLast();
		Instant decisive = Instant.EPOCH.plusNanos(Math.max(since, this.forcedUntil));
		return this.drained != null || forced() != null || (last != null && !last.isBefore(decisive))
				|| this.forcedUntil > since;
	}

}
