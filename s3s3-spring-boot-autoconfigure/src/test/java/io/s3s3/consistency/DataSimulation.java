package io.s3s3.consistency;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.s3s3.FailoverS3Client;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.location.LocationRole;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * One run of a client over two simulated stores, all of it given by a seed: how they
 * order versions and answer, when they fail, what replicates when, and what is called. It
 * makes one thread's calls, and some in the middle of others. Everything but the stores
 * and the time of the health core is the real code.
 */
final class DataSimulation {

	private static final int CALLS = 200;

	private final Random random;

	private final OwnHistory history = new OwnHistory();

	private final SimulationLog log = new SimulationLog();

	private final SimulatedPair pair;

	private final Judge judge;

	private final FailoverS3Client client;

	/** That of another process. */
	private final FailoverS3Client other;

	private final Workload workload;

	/** How many of 100 steps let replication go on. */
	private final int replicating;

	/** How many of 100 steps are those of another application. */
	private final int foreign;

	/** Whether the client asks for what was written in peace. */
	private final boolean horizon;

	/** How many of 100 steps are those of an operator. */
	private final int operated;

	private int foreignWrites;

	/**
	 * Create a run.
	 * @param seed decides everything
	 * @param clients makes the client
	 */
	DataSimulation(long seed, Function<SimulatedPair, FailoverS3Client> clients) {
		this.random = new Random(seed);
		this.pair = new SimulatedPair(this.random, this.history);
		this.judge = new Judge(this.pair, this.history);
		this.other = withoutThreads(clients.apply(this.pair));
		this.client = withoutThreads(clients.apply(this.pair));
		PlacementJudge placement = new PlacementJudge(this.pair, this.history, this.judge);
		this.workload = new Workload(this.random, this.client, this.other, this.history, this.judge, placement,
				this.log);
		this.replicating = 5 + this.random.nextInt(90);
		this.foreign = (this.random.nextInt(4) == 0) ? 10 : 0;
		this.operated = (this.random.nextInt(4) == 0) ? 2 : 0;
		this.horizon = seed % 2 != 0;
		if (seed % 8 == 3) {
			this.pair.replication().leaveOut(Workload.key(0));
		}
	}

	/**
	 * Have a client ask when it is told to, and in no thread of its own.
	 */
	private static FailoverS3Client withoutThreads(FailoverS3Client client) {
		ScheduledExecutorService none = (ScheduledExecutorService) Proxy.newProxyInstance(
				DataSimulation.class.getClassLoader(), new Class<?>[] { ScheduledExecutorService.class },
				(proxy, method, arguments) -> null);
		Supplier<ScheduledExecutorService> threads = () -> none;
		ReflectionTestUtils.setField(partOf(client, "horizon"), "nanos", 0L);
		Stream.of("horizon", "lateWrites", "atHome", "elsewhere")
			.forEach((part) -> ReflectionTestUtils.setField(turnsOf(client, part), "threads", threads));
		return client;
	}

	private static Object partOf(FailoverS3Client client, String name) {
		FailoverEngine engine = (FailoverEngine) Objects.requireNonNull(ReflectionTestUtils.getField(client, "engine"));
		return Objects.requireNonNull(ReflectionTestUtils.getField(engine.router().memory(), name));
	}

	private static Object turnsOf(FailoverS3Client client, String part) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(partOf(client, part), "turns"));
	}

	List<Finding> run() {
		try (FailoverS3Client client = this.client; FailoverS3Client other = this.other) {
			for (int i = 0; i < CALLS; i++) {
				for (int steps = this.random.nextInt(4); steps > 0; steps--) {
					change();
				}
				interruptNext();
				this.workload.call();
			}
			heal();
			settle();
			Workload.keys().forEach(this.workload::get);
			return this.judge.findings();
		}
	}

	private void interruptNext() {
		boolean interrupted = this.random.nextInt(8) == 0;
		this.pair.store(anyRole()).weather().interruptNext(interrupted ? this.workload::simpleCall : null);
	}

	private void change() {
		LocationRole role = anyRole();
		int chance = this.random.nextInt(100);
		if (chance < this.replicating) {
			for (int i = this.random.nextInt(4); i >= 0; i--) {
				this.pair.replication().step(role);
			}
		}
		if (this.random.nextInt(100) < this.foreign) {
			String key = this.workload.anyKey();
			this.judge.share(key);
			if (this.random.nextInt(4) == 0) {
				log("others delete a version of %s: %s", key, String.valueOf(this.pair.removeForeign(key)));
			}
			else {
				log("others write %s: %s", key, this.pair.writeForeign(key, ++this.foreignWrites));
			}
		}
		if (this.random.nextInt(100) < this.operated) {
			operate(role);
		}
		switch (this.random.nextInt(30)) {
			case 0 -> stall(role);
			case 1 -> weather(role, Weather.State.REFUSING);
			case 2 -> weather(role, Weather.State.SILENT);
			case 3, 4, 5 -> weather(role, Weather.State.FAIR);
			case 6 -> dieSoon(role);
			case 7, 8 -> this.pair.store(role).weather().executeAbandoned();
			case 9, 10, 11 -> this.pair.pass(Duration.ofMillis(this.random.nextInt(3000)));
			case 12 -> this.pair.pass(Duration.ofSeconds(this.random.nextInt(60)));
			case 13, 14, 15, 16, 17, 18 -> this.pair.probe();
			case 19, 20, 21 -> confirm();
			default -> {
			}
		}
	}

	/**
	 * Let the client ask for what it has written elsewhere.
	 */
	private void confirm() {
		if (this.horizon && this.random.nextInt(4) == 0) {
			turn("horizon");
		}
		turn("atHome");
		turn("elsewhere");
	}

	private void turn(String part) {
		ReflectionTestUtils.invokeMethod(turnsOf(this.client, part), "take");
	}

	private void stall(LocationRole role) {
		boolean stalled = !this.pair.replication().isStalled(role);
		this.pair.replication().stall(role, stalled);
		log("replication to %s %s", role, stalled ? "stalls" : "goes on");
	}

	private void weather(LocationRole role, Weather.State state) {
		this.pair.store(role).weather().become(state);
		log("%s is %s", role, state);
	}

	private void dieSoon(LocationRole role) {
		int requests = this.random.nextInt(4);
		this.pair.store(role).weather().dieIn(requests);
		log("%s dies in %d", role, requests);
	}

	private void operate(LocationRole role) {
		int choice = this.random.nextInt(6);
		try {
			switch (choice) {
				case 0 -> this.pair.control().force(role);
				case 1 -> this.pair.control().drain(role);
				case 2 -> this.pair.control().failBack();
				case 3 -> this.pair.control().reset();
				case 4 -> this.pair.control().release();
				default -> this.pair.control().undrain(role);
			}
			log("operator does %d at %s", choice, role);
		}
		catch (IllegalStateException ex) {
			// A location that is drained cannot be forced, and the other way round.
		}
	}

	/**
	 * End all trouble: the stores answer, replication catches up, and calls are back.
	 */
	private void heal() {
		log("all is well");
		this.pair.control().release();
		for (LocationRole role : LocationRole.values()) {
			this.pair.control().undrain(role);
			weather(role, Weather.State.FAIR);
		}
		this.pair.replication().drain();
		for (int i = 0; i < 10; i++) {
			this.pair.probe();
			this.pair.pass(Duration.ofMinutes(3));
		}
	}

	/**
	 * Let all that is late come, and the client find out what that has left wrong.
	 */
	private void settle() {
		for (LocationRole role : LocationRole.values()) {
			this.pair.store(role).weather().interruptNext(null);
			while (this.pair.store(role).weather().hasAbandoned()) {
				this.pair.store(role).weather().executeAbandoned();
			}
		}
		this.pair.replication().drain();
		this.pair.ending().settle();
		log("nothing is late any more");
		for (String part : List.of("atHome", "elsewhere")) {
			turns(part, 20);
			ReflectionTestUtils.setField(partOf(this.client, part), "maxHold", -1L);
			turns(part, 20);
		}
		ReflectionTestUtils.setField(partOf(this.client, "lateWrites"), "nanos", 1L);
		turns("lateWrites", 20);
		Map<LocationRole, Long> asked = new EnumMap<>(LocationRole.class);
		for (LocationRole role : LocationRole.values()) {
			asked.put(role, System.nanoTime() - Duration.ofDays(1).toNanos());
		}
		ReflectionTestUtils.setField(partOf(this.client, "horizon"), "asked", asked);
		turns("horizon", 5);
		this.pair.ending().judge(this.pair, this.history, this.judge);
	}

	private void turns(String part, int turns) {
		for (int i = 0; i < turns; i++) {
			turn(part);
		}
	}

	private LocationRole anyRole() {
		return LocationRole.values()[this.random.nextInt(2)];
	}

	private void log(String format, Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

	/**
	 * Return what led to a finding, in order.
	 */
	String history(Finding finding) {
		return this.pair + System.lineSeparator() + this.log.of(finding.key(), finding.time());
	}

}
