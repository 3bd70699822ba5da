package io.s3s3.consistency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The objects of a store: what was written there, and what came by replication. Not
 * thread-safe.
 */
final class SimulatedBucket {

	private final String store;

	private final WinnerOrder order;

	private final boolean versioned;

	private final SortedMap<String, Versions> keys = new TreeMap<>();

	private int written;

	SimulatedBucket(String store, WinnerOrder order, boolean versioned) {
		this.store = store;
		this.order = order;
		this.versioned = versioned;
	}

	boolean isVersioned() {
		return this.versioned;
	}

	/**
	 * Write a version. Without versions it is the current one at once, with them the
	 * order decides, as it does at the other store.
	 * @param content the content, {@code null} to delete the object
	 */
	StoredVersion write(String key, @Nullable String content, Instant now) {
		Versions versions = this.keys.computeIfAbsent(key, (unknown) -> new Versions());
		String id = "%s-%06d".formatted(this.store, ++this.written);
		StoredVersion version = new StoredVersion(key, id, content, now, versions.epoch + 1);
		versions.add(version, this.versioned ? this.order : WinnerOrder.ARRIVAL);
		return version;
	}

	/**
	 * Take a version that was written elsewhere.
	 */
	void receive(StoredVersion version) {
		this.keys.computeIfAbsent(version.key(), (unknown) -> new Versions()).add(version, this.order);
	}

	/**
	 * Delete a version for good. What was there before it is back; if the version has not
	 * come yet, it never will.
	 * @return the version, {@code null} if there is none
	 */
	@Nullable StoredVersion remove(String key, String id) {
		StoredVersion removed = version(key, id);
		this.keys.computeIfAbsent(key, (unknown) -> new Versions()).remove(id, this.order);
		return removed;
	}

	@Nullable StoredVersion current(String key) {
		Versions versions = this.keys.get(key);
		return (versions != null) ? versions.current : null;
	}

	/**
	 * Return the content that is read, {@code null} if there is none.
	 */
	@Nullable String content(String key) {
		StoredVersion current = current(key);
		return (current != null) ? current.content() : null;
	}

	@Nullable StoredVersion version(String key, String id) {
		return versions(key).stream().filter((version) -> version.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Return the versions of a key, the current one first.
	 */
	List<StoredVersion> versions(String key) {
		Versions versions = this.keys.get(key);
		if (versions == null || versions.current == null) {
			return List.of();
		}
		List<StoredVersion> all = new ArrayList<>(this.versioned ? versions.all : List.of(versions.current));
		all.remove(versions.current);
		all.add(0, versions.current);
		return all;
	}

	/**
	 * Return whether some content of a key has arrived, be it gone since.
	 */
	boolean hasHad(String key, Predicate<@Nullable String> content) {
		Versions versions = this.keys.get(key);
		return versions != null && versions.had.stream().anyMatch(content);
	}

	List<String> keys(@Nullable String prefix) {
		return this.keys.keySet().stream().filter((key) -> prefix == null || key.startsWith(prefix)).toList();
	}

	/**
	 * What is known of a key.
	 */
	private static final class Versions {

		private final List<StoredVersion> all = new ArrayList<>();

		/** Of all that have come, be they gone since. */
		private final Set<@Nullable String> had = new HashSet<>();

		/** The ids of those that are deleted for good. */
		private final Set<String> removed = new HashSet<>();

		private @Nullable StoredVersion current;

		private long epoch;

		void add(StoredVersion version, WinnerOrder order) {
			if (this.removed.contains(version.id())) {
				return;
			}
			this.all.add(version);
			this.had.add(version.content());
			this.epoch = Math.max(this.epoch, version.epoch());
			decide(version, order);
		}

		void remove(String id, WinnerOrder order) {
			this.removed.add(id);
			this.all.removeIf((version) -> version.id().equals(id));
			this.current = null;
			this.all.forEach((version) -> decide(version, order));
		}

		private void decide(StoredVersion version, WinnerOrder order) {
			if (this.current == null || order.wins(version, this.current)) {
				this.current = version;
			}
		}

	}

}
