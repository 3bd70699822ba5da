package io.s3s3.realpair;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.s3s3.FailoverS3Client;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.ReadUnproven;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Writes, deletes and reads keys of its own, again and again, and knows which values each
 * may have: the last one that was acknowledged, and what failed with an unknown outcome
 * since. Nothing but the order of its own calls decides that. One thread's.
 */
final class OwnKeys implements Runnable {

	static final String WRITES = "writes";

	/** What a plain client would have got wrong. */
	static final String OPPORTUNITIES = "stale as served";

	static final String STALE = "stale: ";

	private static final String ABSENT = "";

	private static final int KEYS = 40;

	private final FailoverS3Client client;

	private final String prefix;

	private final Random random;

	private final int changes;

	private final Map<String, Set<String>> possible = new HashMap<>();

	private final Map<String, LongAdder> counts;

	private int written;

	/** Whether the last read has told that it proves nothing. */
	private boolean told;

	private volatile boolean stopped;

	/**
	 * Create what uses some keys.
	 * @param client the client
	 * @param prefix what the keys begin with
	 * @param random decides what is done
	 * @param changes how many of a hundred calls write or delete
	 * @param counts receives what happens
	 */
	OwnKeys(FailoverS3Client client, String prefix, Random random, int changes,
			ConcurrentHashMap<String, LongAdder> counts) {
		this.random = random;
		this.changes = changes;
		this.client = client.on(ReadUnproven.class, (event) -> this.told = true);
		this.prefix = prefix;
		this.counts = counts;
	}

	void stop() {
		this.stopped = true;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			String key = this.prefix + this.random.nextInt(KEYS);
			boolean changes = this.random.nextInt(100) < this.changes;
			if (!changes && this.possible.containsKey(key)) {
				read(key);
			}
			else if (this.random.nextInt(4) > 0) {
				write(key);
			}
			else {
				delete(key);
			}
		}
	}

	private void write(String key) {
		String value = key + "#" + this.written++;
		change(key, value, () -> this.client.putObject((request) -> request.key(key), RequestBody.fromString(value)));
	}

	private void delete(String key) {
		change(key, ABSENT, () -> this.client.deleteObject((request) -> request.key(key)));
	}

	private void change(String key, String value, Runnable call) {
		try {
			call.run();
			this.possible.put(key, new HashSet<>(Set.of(value)));
			count(WRITES);
		}
		catch (SdkException ex) {
			this.possible.computeIfAbsent(key, (any) -> new HashSet<>(Set.of(ABSENT))).add(value);
			count("writes that failed");
		}
	}

	private void read(String key) {
		Set<String> possible = this.possible.getOrDefault(key, Set.of(ABSENT));
		String served = valueOf(this.client.asServed(), key);
		if (served != null && !possible.contains(served)) {
			count(OPPORTUNITIES);
		}
		this.told = false;
		String value = valueOf(this.client, key);
		if (value != null) {
			count("reads");
			if (!possible.contains(value)) {
				count(this.told ? "unproven" : STALE + key + " is '" + value + "', not one of " + possible);
			}
		}
	}

	// Null if it cannot be known.
	private @Nullable String valueOf(FailoverS3Client client, String key) {
		try {
			return client.getObjectAsBytes((request) -> request.key(key)).asUtf8String();
		}
		catch (NoSuchKeyException ex) {
			return ABSENT;
		}
		catch (NotReplicatedException ex) {
			count("reads that were refused");
		}
		catch (SdkException ex) {
			count("reads that failed");
		}
		return null;
	}

	private void count(String what) {
		this.counts.computeIfAbsent(what, (name) -> new LongAdder()).increment();
	}

}
