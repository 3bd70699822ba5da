package io.s3s3.location;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Probes the locations in the background, each on a thread of its own, from
 * {@link #start()} to {@link #stop()}. Both are probed at the start, until it is known
 * whether they are well; after that, one that is not up, and the standby if the settings
 * ask for it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ProbeScheduler implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ProbeScheduler.class);

	private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

	private final TrafficDirector director;

	private final Prober prober;

	private final ThreadFactory threadFactory;

	/** Guarded by "this". */
	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Guarded by "this". An interrupt would not do: the SDK may take it for a timeout.
	 */
	private CountDownLatch stop = new CountDownLatch(1);

	/**
	 * Create a scheduler.
	 * @param director who is told what the probes find
	 * @param locations the locations
	 * @param probe how to probe them
	 * @param threadFactory makes the threads
	 */
	public ProbeScheduler(TrafficDirector director, LocationPair locations, HealthProbe probe,
			ThreadFactory threadFactory) {
		this.director = director;
		this.prober = new Prober(locations, probe, director);
		this.threadFactory = threadFactory;
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		this.stop = new CountDownLatch(1);
		this.prober.mute(false);
		this.director.update((pair, now) -> pair.probing(true));
		for (LocationRole role : LocationRole.values()) {
			ProbeLoop loop = new ProbeLoop(role, this.prober, this.director);
			CountDownLatch stop = this.stop;
			Thread thread = this.threadFactory.newThread(() -> run(loop, stop));
			thread.setName("s3s3-probe-" + role);
			this.threads.add(thread);
			thread.start();
		}
	}

	@Override
	public synchronized void stop() {
		this.prober.mute(true);
		this.stop.countDown();
		this.threads.forEach(Thread::interrupt);
		try {
			for (Thread thread : this.threads) {
				thread.join(TIME_TO_STOP.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.threads.clear();
		this.director.update((pair, now) -> pair.probing(false));
	}

	@Override
	public synchronized boolean isRunning() {
		return !this.threads.isEmpty();
	}

	private static void run(ProbeLoop loop, CountDownLatch stop) {
		boolean stopped = false;
		while (!stopped) {
			try {
				stopped = stop.await(step(loop).toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				// Only who stops it interrupts it.
				stopped = true;
			}
		}
	}

	private static Duration step(ProbeLoop loop) {
		try {
			return loop.step();
		}
		catch (RuntimeException ex) {
			logger.warn("A probe could not be made", ex);
			return TIME_TO_STOP;
		}
	}

}
