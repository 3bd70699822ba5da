package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Carries versions from each store to the other one: late, out of order, and not at all
 * while it stalls. Not thread-safe.
 */
final class Replication {

	private final Random random;

	/** How many of the oldest versions may overtake each other. */
	private final int window;

	/** Whether deletions are carried as well: with S3 they are not by default. */
	private final boolean markers;

	/** Whether deletions of versions are: with S3 they never are. */
	private final boolean removals;

	/** The key that is not replicated, as by a filter. */
	private @Nullable String leftOut;

	private final Map<LocationRole, Lane> lanes = new EnumMap<>(LocationRole.class);

	Replication(Random random, int window, boolean markers, boolean removals) {
		this.random = random;
		this.window = window;
		this.markers = markers;
		this.removals = removals;
	}

	/**
	 * Replicate a key no more.
	 */
	void leaveOut(String key) {
		this.leftOut = key;
	}

	void connect(LocationRole role, SimulatedBucket bucket) {
		this.lanes.put(role, new Lane(bucket));
	}

	/**
	 * Return what is told of the changes at a store, so that they are carried.
	 */
	Changes from(LocationRole role) {
		return new Changes() {
			@Override
			public void written(StoredVersion version) {
				boolean carried = Replication.this.markers || !version.isMarker();
				if (carried && !version.key().equals(Replication.this.leftOut)) {
					lane(role.other()).underWay.add((bucket) -> bucket.receive(version));
				}
			}

			@Override
			public void removed(String key, String id) {
				if (Replication.this.removals) {
					lane(role.other()).underWay.add((bucket) -> bucket.remove(key, id));
				}
			}
		};
	}

	void stall(LocationRole to, boolean stalled) {
		lane(to).stalled = stalled;
	}

	boolean isStalled(LocationRole to) {
		return lane(to).stalled;
	}

	/**
	 * Carry one version, or the deletion of one.
	 * @param to where it arrives, if anything can
	 */
	void step(LocationRole to) {
		Lane lane = lane(to);
		if (!lane.stalled && !lane.underWay.isEmpty()) {
			int next = this.random.nextInt(Math.min(this.window, lane.underWay.size()));
			lane.underWay.remove(next).accept(lane.target);
		}
	}

	void drain() {
		for (LocationRole to : LocationRole.values()) {
			stall(to, false);
			while (!lane(to).underWay.isEmpty()) {
				step(to);
			}
		}
	}

	private Lane lane(LocationRole to) {
		return Objects.requireNonNull(this.lanes.get(to));
	}

	/**
	 * What is told of the changes at a store.
	 */
	interface Changes {

		void written(StoredVersion version);

		/**
		 * Called when a version was deleted for good.
		 */
		void removed(String key, String id);

	}

	/**
	 * The way to one store.
	 */
	private static final class Lane {

		private final SimulatedBucket target;

		private final List<Consumer<SimulatedBucket>> underWay = new ArrayList<>();

		private boolean stalled;

		Lane(SimulatedBucket target) {
			this.target = target;
		}

	}

}
