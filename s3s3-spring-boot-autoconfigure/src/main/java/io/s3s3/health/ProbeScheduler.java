package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Probes the locations in the background, each on a thread of its own, from
 * {@link #start()} to {@link #stop()}. Both are probed after the start, until it is known
 * whether they are well. After that, a location is probed if it is not up, if its calls
 * fail but possibly because of what they ask for, or if it is the standby and the
 * settings say so. Thread-safe.
 * <p>
 * Stopping it does not change the state of the locations: one that is out stays out until
 * calls or new probes show that it is well.
 *
 * @since 0.1.0
 */
public final class ProbeScheduler implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ProbeScheduler.class);

	private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

	private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(5);

	private final TrafficDirector director;

	private final LocationPair locations;

	private final HealthProbe probe;

	private final ThreadFactory threadFactory;

	/** Guarded by "this". */
	private @Nullable Run run;

	/**
	 * Create a scheduler.
	 * @param director receives the results of the probes
	 * @param locations the locations
	 * @param probe how to probe them
	 * @param threadFactory makes the threads
	 */
	public ProbeScheduler(TrafficDirector director, LocationPair locations, HealthProbe probe,
			ThreadFactory threadFactory) {
		this.director = director;
		this.locations = locations;
		this.probe = probe;
		this.threadFactory = threadFactory;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			this.director.update((pair, now) -> pair.probing(true));
			this.run = new Run(new Prober(this.locations, this.probe, this.director));
			this.run.start();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.run != null) {
			this.run.stop();
			this.run = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.run != null;
	}

	/**
	 * One run, from start to stop. A thread that outlives the stop takes no part in the
	 * next run.
	 */
	private final class Run {

		private final Prober prober;

		private final List<Thread> threads = new ArrayList<>();

		/** An interrupt alone is not enough: the SDK may take it for a timeout. */
		private final CountDownLatch stop = new CountDownLatch(1);

		Run(Prober prober) {
			this.prober = prober;
		}

		void start() {
			for (LocationRole role : LocationRole.values()) {
				ProbeLoop loop = new ProbeLoop(role, this.prober, ProbeScheduler.this.director);
				Thread thread = ProbeScheduler.this.threadFactory.newThread(() -> repeat(loop));
				thread.setName("s3s3-probe-" + role);
				this.threads.add(thread);
				thread.start();
			}
		}

		void stop() {
			this.prober.mute();
			this.stop.countDown();
			this.threads.forEach(Thread::interrupt);
			long deadline = System.nanoTime() + TIME_TO_STOP.toNanos();
			try {
				for (Thread thread : this.threads) {
					thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void repeat(ProbeLoop loop) {
			boolean stopped = false;
			while (!stopped) {
				stopped = stopsWithin(step(loop));
			}
		}

		private boolean stopsWithin(Duration pause) {
			// The interrupt is a leftover of a probe: whoever stops the run counts down
			// first.
			Thread.interrupted();
			try {
				return this.stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				return this.stop.getCount() == 0;
			}
		}

		// Whatever a probe throws, the next one follows.
		private Duration step(ProbeLoop loop) {
			try {
				return loop.step();
			}
			catch (Throwable ex) {
				if (this.stop.getCount() > 0) {
					logger.warn("A probe could not be made", ex);
				}
				return PAUSE_AFTER_ERROR;
			}
		}

	}

}
