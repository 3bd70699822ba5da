package io.s3s3.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.SimulatedHealth;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeletedObject;

/**
 * Two stores, what replicates between them, and what is known of their health: all that a
 * seed decides but for the calls. Not thread-safe.
 */
final class SimulatedPair {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Random random;

	private final SimulatedTime time;

	private final Map<LocationRole, SimulatedStore> stores = new EnumMap<>(LocationRole.class);

	private final Replication replication;

	private final SimulatedHealth health;

	private final LocationPair locations;

	private final FailoverControl control;

	private final OwnHistory history;

	private final EndJudge ending = new EndJudge();

	/** The version ids of what others wrote. */
	private final Set<String> foreign = new HashSet<>();

	/** When others last deleted which key. */
	private final Map<String, Long> deleted = new HashMap<>();

	private final String description;

	private boolean steered;

	SimulatedPair(Random random, OwnHistory history) {
		this.random = random;
		this.history = history;
		this.time = new SimulatedTime(START.plusMillis(random.nextInt(1000)));
		boolean versioned = random.nextInt(5) > 0;
		boolean markers = !versioned || random.nextInt(5) > 0;
		boolean tellsMarkers = random.nextBoolean();
		boolean tellsCopies = random.nextBoolean();
		WinnerOrder order = WinnerOrder.values()[random.nextInt(3)];
		int lost = random.nextInt(60);
		int window = 1 + random.nextInt(6);
		this.replication = new Replication(random, window, markers, random.nextBoolean());
		for (LocationRole role : LocationRole.values()) {
			Duration skew = Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(6000) - 3000);
			SimulatedBucket bucket = new SimulatedBucket(role.toString(), order, versioned);
			this.replication.connect(role, bucket);
			StoreAnswers answers = new StoreAnswers(() -> this.time.now().plus(skew), tellsMarkers);
			this.stores.put(role, new SimulatedStore(bucket, new Weather(random, lost, history::abandon), answers,
					this.replication.from(role), tellsCopies));
		}
		this.health = new SimulatedHealth(settings(random), random);
		this.locations = new LocationPair(Location.of(LocationRole.PRIMARY, store(LocationRole.PRIMARY), "east"),
				Location.of(LocationRole.SECONDARY, store(LocationRole.SECONDARY), "west"));
		this.control = this.health.control(this.locations);
		this.description = "versions %s, markers replicated %s, told %s, copies told %s, %s wins, window %d, lost %d of 1000"
			.formatted(versioned, markers, tellsMarkers, tellsCopies, order, window, lost);
	}

	private static HealthSettings settings(Random random) {
		return HealthSettings.builder()
			.consecutiveFailures(1 + random.nextInt(3))
			.withoutSuccess(Duration.ZERO)
			.holdDown(Duration.ofSeconds(random.nextInt(30)), Duration.ofMinutes(1), Duration.ofMinutes(10))
			.ramp(random.nextBoolean() ? List.of() : List.of(10, 50))
			.rampStep(Duration.ofSeconds(5))
			.build();
	}

	SimulatedStore store(LocationRole role) {
		return Objects.requireNonNull(this.stores.get(role));
	}

	SimulatedHealth health() {
		return this.health;
	}

	/**
	 * Return what is to be told of keys that end wrong.
	 */
	EndJudge ending() {
		return this.ending;
	}

	Replication replication() {
		return this.replication;
	}

	LocationPair locations() {
		return this.locations;
	}

	/**
	 * Return what an operator steers by, who may send calls to where they cost more.
	 */
	FailoverControl control() {
		this.steered = true;
		return this.control;
	}

	boolean isSteered() {
		return this.steered;
	}

	void pass(Duration duration) {
		this.time.pass(duration);
		this.health.pass(duration);
	}

	/**
	 * Probe both locations.
	 */
	void probe() {
		for (LocationRole role : LocationRole.values()) {
			this.health.probe(role, store(role).weather().isFair());
		}
	}

	/**
	 * Write as another application would.
	 * @return the version that it has written
	 */
	StoredVersion writeForeign(String key, int number) {
		LocationRole role = LocationRole.values()[this.random.nextInt(2)];
		String content = (this.random.nextInt(3) > 0) ? StoredVersion.FOREIGN + number : null;
		if (content != null) {
			this.history.register(content);
		}
		long now = this.history.tick();
		if (content == null) {
			this.deleted.put(key, now);
		}
		StoredVersion version = store(role).write(key, content);
		this.foreign.add(version.id());
		return version;
	}

	/**
	 * Delete the current version of a key for good as another application would.
	 * @return the version, {@code null} if there is none
	 */
	@Nullable StoredVersion removeForeign(String key) {
		SimulatedStore store = store(LocationRole.values()[this.random.nextInt(2)]);
		StoredVersion current = store.bucket().isVersioned() ? store.bucket().current(key) : null;
		if (current != null) {
			store.remove(key, current.id());
			this.deleted.put(key, this.history.tick());
			this.history.writes(key)
				.stream()
				.filter((write) -> current.id().equals(write.versionId)
						|| (write.versionId == null && write.leaves(current.content())))
				.forEach((write) -> write.takenBack = true);
		}
		return current;
	}

	/**
	 * Return who has deleted an object of a batch. That the version of the marker tells,
	 * if there is one, or the end of the call, if there is no other object.
	 * @param deleted the object
	 * @param objects how many there are
	 * @param served where the call ended
	 * @return the location, or {@code null} if nobody tells
	 */
	static @Nullable LocationRole deleterOf(DeletedObject deleted, int objects, @Nullable LocationRole served) {
		String marker = deleted.deleteMarkerVersionId();
		return (marker != null) ? writerOf(marker) : (objects == 1) ? served : null;
	}

	/**
	 * Return which store has written a version.
	 */
	static LocationRole writerOf(String version) {
		return version.startsWith(LocationRole.PRIMARY.toString()) ? LocationRole.PRIMARY : LocationRole.SECONDARY;
	}

	/**
	 * Return whether another application deleted a key, as a store has it, or as it was
	 * when a read began.
	 */
	boolean isDeletedByOthers(String key, long began) {
		Long time = this.deleted.get(key);
		// What a read has shown need not be the current one any more if this has written.
		int looked = this.history.hasWrittenSince(key, began) ? Integer.MAX_VALUE : 1;
		return (time != null && !this.history.isReplaced(key, time, began)) || this.stores.values()
			.stream()
			.flatMap((store) -> store.bucket().versions(key).stream().limit(looked))
			.anyMatch((version) -> version.isMarker() && this.foreign.contains(version.id()));
	}

	/**
	 * Return the locations that any call can rely on now.
	 */
	List<LocationRole> well() {
		List<LocationRole> well = new ArrayList<>();
		for (LocationRole role : LocationRole.values()) {
			if (store(role).weather().isFair() && this.health.director().isWell(role)) {
				well.add(role);
			}
		}
		return well;
	}

	/**
	 * Return the locations that the client takes for out now.
	 */
	List<LocationRole> out() {
		return Stream.of(LocationRole.values()).filter((role) -> !this.health.director().isWell(role)).toList();
	}

	/**
	 * Return whether the location that took a write shows what that left.
	 */
	boolean shows(String key, ToldWrite write) {
		return write.location != null && write.leaves(store(write.location).bucket().content(key));
	}

	/**
	 * Return whether the version of a write is deleted for good where it was taken.
	 */
	boolean isGone(String key, ToldWrite write) {
		return write.location != null && write.versionId != null
				&& store(write.location).bucket().version(key, write.versionId) == null;
	}

	/**
	 * Return whether a location may have taken a write, or has had it since.
	 * @param role the location, {@code null} if it may be either
	 */
	boolean mayHaveHad(@Nullable LocationRole role, String key, ToldWrite write) {
		if (role == null || write.location == role || (write.location == null && write.isAcknowledged())) {
			return true;
		}
		return store(role).bucket().hasHad(key, write::leaves);
	}

	/**
	 * Return how often anything came between a call and each store.
	 */
	Map<LocationRole, Integer> troubles() {
		return counted(Weather::troubles);
	}

	/**
	 * Return how many requests have arrived at each location.
	 */
	Map<LocationRole, Integer> requests() {
		return counted(Weather::requests);
	}

	private Map<LocationRole, Integer> counted(ToIntFunction<Weather> count) {
		Map<LocationRole, Integer> counted = new EnumMap<>(LocationRole.class);
		this.stores.forEach((role, store) -> counted.put(role, count.applyAsInt(store.weather())));
		return counted;
	}

	/**
	 * Return what the stores have of a key, for people.
	 */
	String show(String key) {
		return "%s: primary %s, secondary %s".formatted(key, store(LocationRole.PRIMARY).bucket().versions(key),
				store(LocationRole.SECONDARY).bucket().versions(key));
	}

	@Override
	public String toString() {
		return this.description;
	}

}
