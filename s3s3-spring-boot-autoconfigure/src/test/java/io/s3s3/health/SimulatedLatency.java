package io.s3s3.health;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;

/**
 * Locations that answer each call and each probe, sooner or later, in time that passes at
 * once: calls come at a fixed rate, and probes are made as the loops make them.
 */
final class SimulatedLatency {

	private final ManualTime time = new ManualTime();

	private final RecordingListener listener = new RecordingListener();

	private final TrafficDirector director;

	private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));

	private final Latency latency;

	private final Duration betweenCalls;

	private final long started;

	private Duration pauseUntil = Duration.ZERO;

	/**
	 * Create a simulation.
	 * @param latency how long an answer takes
	 * @param callsPerSecond how many calls come in a second
	 */
	SimulatedLatency(Latency latency, double callsPerSecond) {
		Random random = new Random(1);
		this.director = new TrafficDirector(HealthSettings.DEFAULTS, List.of(this.listener), this.time,
				random::nextDouble);
		this.director.update((pair, now) -> pair.probing(true));
		this.latency = latency;
		this.betweenCalls = Duration.ofNanos((long) (1e9 / callsPerSecond));
		this.started = this.time.nanoTime();
		for (LocationRole role : LocationRole.values()) {
			probe(role);
		}
		call();
	}

	/**
	 * Let a pause of the whole process begin now: what ends meanwhile ends after it.
	 */
	void pause(Duration duration) {
		this.pauseUntil = now().plus(duration);
	}

	SimulatedLatency run(Duration until) {
		while (!this.events.isEmpty() && this.events.peek().at() <= until.toNanos()) {
			Event event = this.events.remove();
			long at = Math.max(event.at(), this.pauseUntil.toNanos());
			this.time.pass(Duration.ofNanos(at).minus(now()));
			event.action().run();
		}
		return this;
	}

	Duration now() {
		return Duration.ofNanos(this.time.nanoTime() - this.started);
	}

	LocationRole first() {
		return this.director.route().first();
	}

	StatusReason reason(LocationRole role) {
		return this.director.status().get(role).reason();
	}

	List<String> told() {
		return this.listener.take();
	}

	long switches() {
		return this.director.status().recentSwitches().size();
	}

	private void call() {
		LocationRole role = this.director.order("key").get(0);
		long began = this.time.nanoTime();
		after(this.latency.of(role, now(), true), () -> this.director
			.succeeded(new Attempt(role, began, Duration.ofNanos(this.time.nanoTime() - began), "key")));
		after(this.betweenCalls, this::call);
	}

	private void probe(LocationRole role) {
		this.director.route();
		boolean needed = this.director.needsProbe(role);
		long began = this.time.nanoTime();
		after(needed ? this.latency.of(role, now(), false) : Duration.ZERO, () -> {
			if (needed) {
				Duration took = Duration.ofNanos(this.time.nanoTime() - began);
				this.director.update((pair, now) -> pair
					.probed(new ProbeReport(role, ProbeResult.SUCCESS, null, took, this.time.instant()), began, now));
			}
			after(ProbeLoop.pause(this.director, needed), () -> probe(role));
		});
	}

	private void after(Duration duration, Runnable action) {
		this.events.add(new Event(now().plus(duration).toNanos(), action));
	}

	/**
	 * How long an answer takes.
	 */
	@FunctionalInterface
	interface Latency {

		/**
		 * Return how long.
		 * @param role the location
		 * @param time since the beginning
		 * @param call whether it is a call, not a probe
		 */
		Duration of(LocationRole role, Duration time, boolean call);

	}

	/**
	 * What happens at a time.
	 */
	private record Event(long at, Runnable action) {

	}

}
