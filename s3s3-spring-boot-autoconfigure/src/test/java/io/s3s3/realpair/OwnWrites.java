package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.TrafficDirector;
import org.awaitility.Awaitility;

/**
 * Threads that write and read keys of their own until they are stopped.
 */
final class OwnWrites implements AutoCloseable {

	private static final int THREADS = 8;

	private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

	private final List<OwnKeys> users = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private final FailoverS3Client client;

	private final TrafficDirector director;

	private final String name;

	/**
	 * Create threads, and start them.
	 * @param client the client, which is closed with them
	 * @param director directs its calls
	 * @param name what their keys begin with
	 * @param changes how many of a hundred calls write or delete
	 */
	OwnWrites(FailoverS3Client client, TrafficDirector director, String name, int changes) {
		this.client = client;
		this.director = director;
		this.name = name;
		for (int i = 0; i < THREADS; i++) {
			OwnKeys user = new OwnKeys(client, "%s/%d/%d/".formatted(name, System.nanoTime(), i), new Random(i),
					changes, this.counts);
			this.users.add(user);
			this.threads.add(new Thread(user));
		}
		this.threads.forEach(Thread::start);
	}

	/**
	 * Wait until something has happened more often.
	 * @param what what
	 * @param more how often
	 */
	void awaitMore(String what, int more) {
		long target = count(what) + more;
		Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> count(what) >= target);
	}

	private long count(String what) {
		return this.counts.computeIfAbsent(what, (name) -> new LongAdder()).sum();
	}

	/**
	 * Kill the gateway of the primary again and again, and start it.
	 */
	void outlive(RealPair pair, int kills) throws IOException {
		for (int i = 0; i < kills; i++) {
			awaitMore(OwnKeys.WRITES, 300);
			pair.kill();
			awaitMore(OwnKeys.WRITES, 300);
			pair.restart();
			comeBack(pair);
		}
	}

	/**
	 * Bring all calls back to the primary.
	 */
	void comeBack(RealPair pair) {
		FailoverControl.of(this.director, pair.locations(), HealthProbe.headBucket(Duration.ofSeconds(2))).failBack();
	}

	/**
	 * Stop the threads.
	 * @return what has happened, and how often
	 */
	Map<String, LongAdder> stop() throws InterruptedException {
		this.users.forEach(OwnKeys::stop);
		for (Thread thread : this.threads) {
			thread.join();
		}
		this.threads.clear();
		return this.counts;
	}

	@Override
	public void close() throws InterruptedException {
		System.out.println(this.name + ": " + new TreeMap<>(stop()));
		this.client.close();
	}

}
