package io.s3s3.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;

import io.s3s3.internal.health.Attempt;
import io.s3s3.internal.health.HedgeFigures;
import io.s3s3.internal.health.UnconfirmedWrites;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Directs the traffic of a pair: learns from attempts, probes, time and operators how
 * well the locations are, and decides which of them calls try first. Thread-safe: the
 * methods used by every call take no lock, changes take the only one, and listeners are
 * called after it is released.
 * <p>
 * Outcomes of attempts may be reported late and in any order. Do not report attempts that
 * were cancelled, or calls that failed in the same way at both locations, since that says
 * something about the request.
 * <p>
 * It need not be started. Once stopped, it directs as before, but neither learns nor
 * notifies: failures during the shutdown of an application say nothing about a location.
 *
 * @since 0.1.0
 */
public final class TrafficDirector implements SmartLifecycle {

	private final HealthRules rules;

	private final ListenerQueue notifications;

	private final ReentrantLock lock = new ReentrantLock();

	private final ReentrantLock primaryProbe = new ReentrantLock();

	private final ReentrantLock secondaryProbe = new ReentrantLock();

	/** Guarded by "lock", except for what may be read without it. */
	private final PairState pair;

	/** Written under "lock". */
	private volatile boolean stopped;

	/**
	 * Create a director of locations that are assumed to be well.
	 * @param settings the settings
	 * @param listeners receive what happens to the locations
	 */
	public TrafficDirector(HealthSettings settings, List<? extends LocationListener> listeners) {
		this(settings, listeners, Ticker.SYSTEM, () -> ThreadLocalRandom.current().nextDouble());
	}

	TrafficDirector(HealthSettings settings, List<? extends LocationListener> listeners, Ticker time,
			DoubleSupplier random) {
		Assert.notNull(settings, "settings are required");
		this.rules = new HealthRules(settings, time, random);
		List<LocationListener> all = new ArrayList<>(listeners);
		all.add(0, new LoggingLocationListener());
		this.notifications = new ListenerQueue(all);
		this.pair = new PairState(this.rules, this.notifications, Timestamp.of(time));
	}

	/**
	 * Return home: the primary, unless an operator chose otherwise. An outage does not
	 * change it.
	 * @return the role of the location
	 */
	public LocationRole home() {
		return route().home();
	}

	/**
	 * Return the order in which a call tries the locations. A location that is out stays
	 * in it, as the second; one that is drained does not. While calls come back to home
	 * step by step, all calls for a key go the same way, so that an object is read where
	 * it was written.
	 * @param key the key that the call is about, or {@code null} if there is none
	 * @return one location or both
	 */
	public List<LocationRole> order(@Nullable String key) {
		return route().orderFor(key);
	}

	/**
	 * Return whether an operator has chosen the location that calls go to first.
	 * @return whether calls are forced there
	 */
	public boolean isForced() {
		return route().forced();
	}

	/**
	 * Return whether a location is well.
	 * @param location the role of the location
	 * @return whether it is neither out nor drained
	 */
	public boolean isWell(LocationRole location) {
		return this.pair.health(location).status().isWell();
	}

	/**
	 * Return whether a location has gone out since a point in time because nobody answers
	 * there: its calls could not connect, or timed out, so earlier requests wait in vain.
	 * A location that answers, even with errors, is not silent, nor is one that an
	 * operator took out.
	 * @param location the role of the location
	 * @param time the point in time, by {@link System#nanoTime()}
	 * @return whether it has, and is still out
	 */
	public boolean isSilentSince(LocationRole location, long time) {
		return this.pair.health(location).isSilentSince(time);
	}

	/**
	 * Record that a location served an attempt, even if with a negative answer.
	 * @param attempt the attempt
	 */
	public void succeeded(Attempt attempt) {
		if (this.stopped) {
			return;
		}
		LocationHealth health = this.pair.health(attempt.location());
		noteSuccess(health);
		Circuit circuit = health.state().circuit();
		if (circuit == null) {
			showed(health, attempt, true);
		}
		else if (circuit.concerns(attempt.started())) {
			health.latency().add(attempt);
			openIf(health, circuit, circuit.succeeded(attempt), false);
		}
	}

	private void noteSuccess(LocationHealth health) {
		health.noteSuccess();
		if (this.pair.history().awaits(health.role())) {
			update((pair, now) -> pair.history().served(health.role(), now));
		}
	}

	/**
	 * Record that a location failed an attempt.
	 * @param attempt the attempt
	 * @param cause what went wrong, without secrets
	 */
	public void failed(Attempt attempt, String cause) {
		if (this.stopped) {
			return;
		}
		LocationHealth health = this.pair.health(attempt.location());
		health.noteError(new LocationSnapshot.Error(time().instant(), cause));
		health.noteFailure(attempt.started());
		Circuit circuit = health.state().circuit();
		if (circuit == null) {
			showed(health, attempt, false);
		}
		else if (circuit.concerns(attempt.started())) {
			openIf(health, circuit, circuit.failed(attempt), attempt.isUnanswered());
		}
	}

	/**
	 * Record that a location throttled an attempt.
	 * @param attempt the attempt
	 * @param cause what went wrong, without secrets
	 */
	public void throttled(Attempt attempt, String cause) {
		if (this.stopped) {
			return;
		}
		LocationHealth health = this.pair.health(attempt.location());
		health.noteError(new LocationSnapshot.Error(time().instant(), cause));
		health.noteFailure(attempt.started());
		Circuit circuit = health.state().circuit();
		if (circuit != null && circuit.concerns(attempt.started())) {
			openIf(health, circuit, circuit.throttled(attempt), false);
		}
	}

	/**
	 * Set what knows the writes that only one location has.
	 * @param writes knows them
	 */
	public void track(UnconfirmedWrites writes) {
		update((pair, now) -> pair.history().track(writes));
	}

	/**
	 * Set what knows about second requests.
	 * @param hedges knows about them
	 */
	public void track(HedgeFigures hedges) {
		update((pair, now) -> pair.history().track(hedges));
	}

	/**
	 * Record that a write has arrived at the location that did not take it.
	 * @param to the role of the location
	 * @param lag the time since it was acknowledged, or {@code null} if that is not known
	 */
	public void replicated(LocationRole to, @Nullable Duration lag) {
		update((pair, now) -> pair.history().replicated(to, lag, now));
	}

	@Override
	public void start() {
		setStopped(false);
	}

	@Override
	public void stop() {
		setStopped(true);
	}

	@Override
	public boolean isRunning() {
		return !this.stopped;
	}

	private void setStopped(boolean stopped) {
		this.lock.lock();
		try {
			this.stopped = stopped;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the first phase to start and the last one to stop, so that calls are
	 * directed as long as anything makes calls.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	boolean needsProbe(LocationRole location) {
		this.lock.lock();
		try {
			return this.pair.needsProbe(location);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether a location may have slowed down, so that it should be probed soon.
	 */
	boolean hasSuspicion() {
		this.lock.lock();
		try {
			return this.pair.hasSuspicion();
		}
		finally {
			this.lock.unlock();
		}
	}

	FailoverStatus status() {
		route();
		this.lock.lock();
		try {
			return new FailoverStatus(this.pair, Timestamp.of(time()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let calls return home even if writes made elsewhere may not have arrived.
	 */
	void release() {
		UnconfirmedWrites writes;
		this.lock.lock();
		try {
			writes = this.pair.history().writes();
		}
		finally {
			this.lock.unlock();
		}
		writes.release();
	}

	Ticker time() {
		return this.rules.time();
	}

	HealthRules rules() {
		return this.rules;
	}

	/**
	 * Return the lock to hold while probing a location.
	 */
	ReentrantLock probeLock(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primaryProbe : this.secondaryProbe;
	}

	/**
	 * Change the state. There is no other way to change anything.
	 */
	void update(BiConsumer<PairState, Timestamp> change) {
		this.lock.lock();
		try {
			if (this.stopped) {
				return;
			}
			Timestamp now = Timestamp.of(time());
			Forced forcedBefore = this.pair.forced();
			this.pair.expire(now);
			try {
				change.accept(this.pair, now);
			}
			finally {
				// A change that is refused does not undo what the passage of time has
				// changed.
				this.pair.conclude(forcedBefore, now);
			}
		}
		finally {
			this.lock.unlock();
			this.notifications.tell();
		}
	}

	/**
	 * Return the current route, after any changes due to the passage of time.
	 */
	RoutingState route() {
		if (this.pair.route().isDue(time())) {
			update((pair, now) -> {
			});
		}
		return this.pair.route();
	}

	private void showed(LocationHealth health, Attempt attempt, boolean good) {
		update((pair, now) -> health.changeTo(health.state().attempted(good, attempt, now), now));
	}

	// Several attempts may open a circuit at once; only the first finds it in use.
	private void openIf(LocationHealth health, Circuit circuit, @Nullable StatusReason reason, boolean silent) {
		if (reason == null) {
			return;
		}
		update((pair, now) -> {
			LocationState state = health.state();
			if (state.circuit() == circuit) {
				health.goOut(state.circuitOpened(reason, now), silent, now);
			}
		});
	}

}
