package io.s3s3.location;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * One run of the health core in simulated time, all of it given by a seed: the settings,
 * what the locations do, the calls, the probes and what an operator does. Everything but
 * the locations and the scheduler is the real code.
 */
final class Simulation implements TimeSource {

	private static final Duration LENGTH = Duration.ofMinutes(20);

	private static final int COMPARED_EACH = 50;

	private static final LocationPair LOCATIONS = new LocationPair(
			Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east"),
			Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west"));

	private final Random random;

	private final HealthSettings settings;

	private final boolean probes;

	private final boolean operator;

	private final Duration meanGap;

	private final Map<LocationRole, SimulatedLocation> world = new EnumMap<>(LocationRole.class);

	private final PriorityQueue<Event> agenda = new PriorityQueue<>();

	private final SimulatedEvents events = new SimulatedEvents();

	private final TrafficDirector director;

	private final DefaultFailoverControl control;

	private final SimulatedCalls calls;

	private final Deque<Instant> interventions = new ArrayDeque<>();

	private long now;

	private long order;

	private int compared;

	private @Nullable LocationRole forced;

	private long forcedUntil;

	private @Nullable LocationRole drained;

	Simulation(long seed) {
		this.random = new Random(seed);
		FailbackSettings failback = new FailbackSettings(FailbackPolicy.AUTOMATIC,
				Duration.ofSeconds(5 + this.random.nextInt(40)), Duration.ofMinutes(2), Duration.ofMinutes(3),
				this.random.nextBoolean() ? List.of(1, 10, 50, 100) : List.of(50), Duration.ofSeconds(5),
				this.random.nextDouble() / 2);
		this.probes = this.random.nextInt(3) > 0;
		this.operator = this.random.nextInt(3) == 0;
		this.settings = new HealthSettings(CircuitSettings.DEFAULTS,
				new ProbeSettings(true, Duration.ofSeconds(2), 2, 3, this.random.nextBoolean()), failback);
		this.meanGap = Duration.ofMillis(this.random.nextBoolean() ? 500 : 10_000);
		for (LocationRole role : LocationRole.values()) {
			this.world.put(role, new SimulatedLocation(this.random, LENGTH));
		}
		this.director = new TrafficDirector(this.settings, List.of(this.events), this, this.random::nextDouble);
		this.control = new DefaultFailoverControl(this.director, LOCATIONS, this::probe);
		this.calls = new SimulatedCalls(this);
	}

	void run() {
		if (this.probes) {
			this.director.update((pair, now) -> pair.probing(true));
			Prober prober = new Prober(LOCATIONS, this::probe, this.director);
			for (LocationRole role : LocationRole.values()) {
				ProbeLoop loop = new ProbeLoop(role, prober, this.director);
				after(Duration.ZERO, () -> keepProbing(loop));
			}
		}
		if (this.operator) {
			after(Duration.ofSeconds(this.random.nextInt(300)), this::intervene);
		}
		after(Duration.ZERO, this::keepCalling);
		long end = LENGTH.plus(returnBound()).toNanos();
		while (this.now <= end) {
			Event event = this.agenda.remove();
			this.now = event.time;
			event.action.run();
			checkNow();
		}
		checkAtTheEnd();
	}

	// The bound that README promises for the return of all calls to a home that is well.
	private Duration returnBound() {
		FailbackSettings failback = this.settings.failback();
		double jitter = 1 + failback.jitter();
		Duration detection = this.settings.probe().interval().multipliedBy(6 * this.settings.probe().of()).dividedBy(5);
		Duration held = scaled(failback.maxHoldDown(), jitter);
		Duration ramp = scaled(failback.rampStep(), jitter).multipliedBy(failback.ramp().size());
		Duration lastFailures = Duration.ofSeconds(4);
		// Without probes the passing of time is noticed by calls.
		Duration noticed = this.meanGap.multipliedBy(2L * (failback.ramp().size() + 2));
		return ((detection.compareTo(held) > 0) ? detection : held).plus(ramp).plus(lastFailures).plus(noticed);
	}

	private static Duration scaled(Duration duration, double factor) {
		return Duration.ofNanos((long) (duration.toNanos() * factor));
	}

	private void keepProbing(ProbeLoop loop) {
		after(loop.step(), () -> keepProbing(loop));
	}

	private void keepCalling() {
		this.calls.start("key-" + this.random.nextInt(1000));
		after(Duration.ofMillis((long) (2 * this.random.nextDouble() * this.meanGap.toMillis())), this::keepCalling);
	}

	private void intervene() {
		this.interventions.add(instant());
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
		if (this.now + pause.toNanos() < LENGTH.toNanos()) {
			after(pause, this::intervene);
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
			this.forcedUntil = this.now + duration.toNanos();
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

	private ProbeResult probe(Location location) {
		return worldAt(location.role()).probeAt(this.now);
	}

	// What holds at any time. The events are compared whenever there is a new one, and
	// now
	// and then, lest one be missing.
	private void checkNow() {
		int told = this.events.history.size();
		if (told != this.compared || this.order % COMPARED_EACH == 0) {
			this.events.assertMatch(this.control.status());
			this.compared = told;
		}
		TrafficOrder order = this.director.order("key-" + this.order % 1000);
		LocationRole forced = forced();
		if (order.alone() != (this.drained != null) || order.first() == this.drained
				|| (forced != null && order.first() != forced)) {
			throw new AssertionError("%s though %s is drained and %s is forced".formatted(order, this.drained, forced));
		}
	}

	private void checkAtTheEnd() {
		assertThat(this.director.order(null).first()).as("traffic is back").isEqualTo(LocationRole.PRIMARY);
		assertThat(this.control.status().primary().status()).isEqualTo(LocationStatus.UP);
		for (SimulatedEvents.Absence absence : this.events.absences) {
			if (isQuiet(absence.from(), absence.to())) {
				assertThat(Duration.between(absence.from(), absence.to())).as("%s", absence)
					.isGreaterThanOrEqualTo(this.settings.failback().holdDown());
			}
		}
	}

	private boolean isQuiet(Instant from, Instant to) {
		return this.interventions.stream().noneMatch((time) -> !time.isBefore(from) && !time.isAfter(to));
	}

	// What happened before a run failed.
	String history() {
		return "%s%nprobes %s%nprimary %s%nsecondary %s%nnow %s%n%s".formatted(this.settings, this.probes,
				primaryWorld(), secondaryWorld(), instant(), String.join("\n", this.events.history));
	}

	@Nullable LocationRole forced() {
		return (this.now < this.forcedUntil) ? this.forced : null;
	}

	// Whether an operator meddled so lately that what the locations do decides nothing.
	boolean isSteered(long since) {
		Instant last = this.interventions.peekLast();
		return this.drained != null || forced() != null
				|| (last != null && !last.isBefore(instantOf(Math.max(since, this.forcedUntil))))
				|| this.forcedUntil > since;
	}

	boolean canBeProbed(LocationRole role) {
		return this.probes && !worldAt(role).deniesProbes();
	}

	SimulatedLocation worldAt(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? primaryWorld() : secondaryWorld();
	}

	private SimulatedLocation primaryWorld() {
		return java.util.Objects.requireNonNull(this.world.get(LocationRole.PRIMARY));
	}

	private SimulatedLocation secondaryWorld() {
		return java.util.Objects.requireNonNull(this.world.get(LocationRole.SECONDARY));
	}

	TrafficDirector director() {
		return this.director;
	}

	void after(Duration delay, Runnable action) {
		this.agenda.add(new Event(this.now + delay.toNanos(), this.order++, action));
	}

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public Instant instant() {
		return instantOf(this.now);
	}

	private static Instant instantOf(long nanos) {
		return Instant.EPOCH.plusNanos(nanos);
	}

	/**
	 * Something to do at a time.
	 */
	private record Event(long time, long order, Runnable action) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			return (this.time != other.time) ? Long.compare(this.time, other.time)
					: Long.compare(this.order, other.order);
		}

	}

}
