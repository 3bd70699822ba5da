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
 * well the locations are, and decides which of them calls try first. Thread-safe: what is
 * asked for each call takes no lock, what changes anything takes the only one, and
 * listeners are told after it is released.
 * <p>
 * Outcomes of attempts may be reported late, and in any order. Not to be reported are
 * attempts that were cancelled, and calls that failed alike at each location: their
 * failure speaks of the request.
 * <p>
 * It need not be started. Once stopped, it directs as before, but learns nothing and
 * tells nothing: what fails while an application closes is no news of a location.
 *
 * @since 0.1.0
 */
public final class TrafficDirector implements SmartLifecycle {

	private final HealthRules rules;

	private final ListenerQueue notifications;

	private final ReentrantLock lock = new ReentrantLock();

	private final ReentrantLock primaryProbe = new ReentrantLock();

	private final ReentrantLock secondaryProbe = new ReentrantLock();

	/** Guarded by "lock", but for what anybody may read. */
	private final PairState pair;

	/** Written under "lock". */
	private volatile boolean stopped;

	/**
	 * Create a director of locations that are taken for well.
	 * @param settings what it goes by
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
	 * Return whether a location is one to go on with.
	 * @param location the role of the location
	 * @return whether it is neither out nor drained
	 */
	public boolean isWell(LocationRole location) {
		return this.pair.health(location).status().isWell();
	}

	/**
	 * Return whether a location has gone out since a point of time because nobody answers
	 * there: its calls could not connect, or timed out. What was sent to it before waits
	 * in vain. A location that answers, be it with errors, is not silent, nor is one that
	 * an operator took out.
	 * @param location the role of the location
	 * @param time the point of time, by {@link System#nanoTime()}
	 * @return whether it has, and still is out
	 */
	public boolean isSilentSince(LocationRole location, long time) {
		return this.pair.health(location).isSilentSince(time);
	}

	/**
	 * Learn that a location served an attempt, be it with an error that is an answer.
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
	 * Learn that a location failed at an attempt.
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
	 * Learn that a location asked for fewer requests.
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
	 * Learn who knows of the writes that only one location has.
	 * @param writes knows of them
	 */
	public void track(UnconfirmedWrites writes) {
		update((pair, now) -> pair.history().track(writes));
	}

	/**
	 * Learn who knows of second requests.
	 * @param hedges knows of them
	 */
	public void track(HedgeFigures hedges) {
		update((pair, now) -> pair.history().track(hedges));
	}

	/**
	 * Learn that a write has arrived at the location that did not take it.
	 * @param to the role of the location
	 * @param lag how long it took since it was acknowledged, or {@code null} if that is
	 * not known
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
	 * directed as long as anything makes them.
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
	 * Return whether a location may have slowed down, which is to be found out soon.
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
	 * Let calls come back to home though what was written away may not have arrived.
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
	 * Return the lock that is held by who probes a location.
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
				// A change that is refused does not undo what time has changed.
				this.pair.conclude(forcedBefore, now);
			}
		}
		finally {
			this.lock.unlock();
			this.notifications.tell();
		}
	}

	/**
	 * Return the route, after what time alone may have changed.
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

	// Many attempts may open a circuit at once; only the first finds it in use.
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
