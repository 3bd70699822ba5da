package io.s3s3.health;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * One run of the health core in simulated time, all of it given by a seed: the settings,
 * what the locations do, the calls, the probes and what an operator does. Everything but
 * the locations and the scheduler is the real code.
 */
final class Simulation implements Ticker {

	private static final Duration LENGTH = Duration.ofMinutes(20);

	private static final int COMPARED_EACH = 50;

	private static final LocationPair LOCATIONS = new LocationPair(
			Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east"),
			Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west"));

	private final Random random;

	private final HealthSettings settings;

	private final boolean probes;

	/**
	 * Whether the locations are well all the time, but for the objects they don't serve.
	 */
	private final boolean peaceful;

	/** How many of 100 calls are for an object that a location does not serve. */
	private final int badCalls;

	private final Duration meanGap;

	private final Map<LocationRole, SimulatedLocation> world = new EnumMap<>(LocationRole.class);

	private final PriorityQueue<Event> agenda = new PriorityQueue<>();

	private final SimulatedEvents events = new SimulatedEvents();

	private final TrafficDirector director;

	private final DefaultFailoverControl control;

	private final SimulatedCalls calls;

	private final SimulatedOperator operator;

	private long now;

	private long order;

	private int compared;

	Simulation(long seed) {
		this.random = new Random(seed);
		HealthSettings.Builder settings = HealthSettings.builder()
			.holdDown(Duration.ofSeconds(5 + this.random.nextInt(40)), Duration.ofMinutes(2), Duration.ofMinutes(3))
			.ramp(this.random.nextBoolean() ? List.of(1, 10, 50, 100) : List.of(50))
			.rampStep(Duration.ofSeconds(5))
			.jitter(this.random.nextDouble() / 2);
		this.probes = this.random.nextInt(3) > 0;
		this.peaceful = this.random.nextInt(5) == 0;
		this.badCalls = this.random.nextInt(90);
		this.settings = settings.standbyProbed(this.random.nextBoolean()).build();
		this.meanGap = Duration.ofMillis(this.random.nextBoolean() ? 500 : 10_000);
		for (LocationRole role : LocationRole.values()) {
			this.world.put(role, this.peaceful ? SimulatedLocation.well(this.random, "bad-" + role)
					: new SimulatedLocation(this.random, LENGTH, "bad-" + role));
		}
		this.director = new TrafficDirector(this.settings, List.of(this.events), this, this.random::nextDouble);
		this.control = new DefaultFailoverControl(this.director, LOCATIONS, this::probe);
		this.calls = new SimulatedCalls(this);
		this.operator = new SimulatedOperator(this, this.control, this.random);
		begin();
	}

	private void begin() {
		if (this.probes) {
			this.director.update((pair, now) -> pair.probing(true));
			Prober prober = new Prober(LOCATIONS, this::probe, this.director);
			for (LocationRole role : LocationRole.values()) {
				ProbeLoop loop = new ProbeLoop(role, prober, this.director);
				after(Duration.ZERO, () -> keepProbing(loop));
			}
		}
		if (this.random.nextInt(3) == 0) {
			this.operator.start(LENGTH);
		}
		after(Duration.ZERO, this::keepCalling);
	}

	void runToTheEnd() {
		runFor(LENGTH.plus(returnBound()));
		checkAtTheEnd();
	}

	// Closing changes and tells nothing, whatever still goes on.
	void runAndClose() {
		runFor(Duration.ofSeconds(this.random.nextInt((int) LENGTH.toSeconds())));
		this.director.stop();
		FailoverStatus status = this.control.status();
		int told = this.events.history.size();
		runFor(returnBound());
		assertThat(this.events.history).as("what was told").hasSize(told);
		this.events.assertMatch(status, this.director.route().returning());
		this.events.assertMatch(this.control.status(), this.director.route().returning());
	}

	boolean isClosed() {
		return !this.director.isRunning();
	}

	private void runFor(Duration duration) {
		long end = this.now + duration.toNanos();
		while (this.now <= end) {
			Event event = this.agenda.remove();
			this.now = event.time;
			event.action.run();
			if (this.director.isRunning()) {
				checkNow();
			}
		}
	}

	// The bound that docs/health-and-failback.md promises for the return of all calls to
	// a home that is well.
	private Duration returnBound() {
		FailbackSettings failback = this.settings.failback();
		double jitter = 1 + failback.jitter();
		Duration detection = this.settings.probe().interval().multipliedBy(6 * this.settings.probe().of()).dividedBy(5);
		Duration held = scaled(failback.holdDown().maximum(), jitter);
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
		boolean bad = this.random.nextInt(100) < this.badCalls;
		this.calls
			.start(bad ? "bad-" + LocationRole.values()[this.random.nextInt(2)] : "key-" + this.random.nextInt(1000));
		after(Duration.ofMillis((long) (2 * this.random.nextDouble() * this.meanGap.toMillis())), this::keepCalling);
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
			this.events.assertMatch(this.control.status(), this.director.route().returning());
			this.compared = told;
		}
		if (this.peaceful && (this.events.isOut(LocationRole.PRIMARY) || this.events.isOut(LocationRole.SECONDARY))) {
			throw new AssertionError("A location is out though it is well");
		}
		List<LocationRole> order = this.director.order("key-" + this.order % 1000);
		LocationRole forced = this.operator.forced();
		LocationRole drained = this.operator.drained();
		if ((order.size() == 1) != (drained != null) || order.get(0) == drained
				|| (forced != null && order.get(0) != forced)) {
			throw new AssertionError("%s though %s is drained and %s is forced".formatted(order, drained, forced));
		}
	}

	private void checkAtTheEnd() {
		assertThat(this.director.order(null).get(0)).as("traffic is back").isEqualTo(LocationRole.PRIMARY);
		assertThat(this.control.status().primary().status()).isEqualTo(LocationStatus.UP);
		for (SimulatedEvents.Absence absence : this.events.absences) {
			if (this.operator.isQuiet(absence.from(), absence.to())) {
				assertThat(Duration.between(absence.from(), absence.to())).as("%s", absence)
					.isGreaterThanOrEqualTo(this.settings.failback().holdDown().first());
			}
		}
	}

	// What happened before a run failed.
	String history() {
		return "%s%nprobes %s%nprimary %s%nsecondary %s%nnow %s%n%s".formatted(this.settings, this.probes,
				primaryWorld(), secondaryWorld(), instant(), String.join("\n", this.events.history));
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

	SimulatedOperator operator() {
		return this.operator;
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
		return Instant.EPOCH.plusNanos(this.now);
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
