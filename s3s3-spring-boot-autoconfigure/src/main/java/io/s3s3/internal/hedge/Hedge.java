package io.s3s3.internal.hedge;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.s3s3.location.LocationRole;

/**
 * The leave of one attempt to make a second request, once, and what came of it.
 * Thread-safe.
 */
public final class Hedge {

	private final Hedges hedges;

	private final LocationRole location;

	private final AtomicReference<State> state = new AtomicReference<>(State.UNUSED);

	private volatile long delay;

	Hedge(Hedges hedges, LocationRole location) {
		this.hedges = hedges;
		this.location = location;
	}

	/**
	 * Begin to wait for the answer to a request.
	 * @param read the class of the request
	 * @param late called when it is time for a second request, on a thread that must not
	 * wait
	 * @return the wait, to be ended
	 */
	public Wait begin(ReadClass read, Runnable late) {
		long now = System.nanoTime();
		if (this.state.get() != State.UNUSED) {
			return new Wait(read, now, new TimerWheel.Entry(late, 0));
		}
		this.delay = this.hedges.delayNanos(this.location, read);
		return new Wait(read, now, this.hedges.schedule(late, this.delay));
	}

	/**
	 * Make the second request, unless there was one, or there may be none.
	 * @param possible whether there is anything that it could use
	 * @param start starts it, and returns whether it could
	 */
	public void start(BooleanSupplier possible, BooleanSupplier start) {
		if (!this.state.compareAndSet(State.UNUSED, State.DENIED)) {
			return;
		}
		if (possible.getAsBoolean() && this.hedges.budget().tryAcquire()) {
			this.state.set(State.LOST);
			if (!start.getAsBoolean()) {
				deny();
			}
		}
	}

	/**
	 * Run what makes the second request on a thread of its own.
	 * @param request makes it
	 * @return whether there was a thread for it
	 */
	public boolean execute(Runnable request) {
		return this.hedges.execute(request);
	}

	/**
	 * Note that the second request was not sent after all.
	 */
	public void deny() {
		if (this.state.compareAndSet(State.LOST, State.DENIED)) {
			this.hedges.budget().giveBack();
		}
	}

	/**
	 * Note that the second request was answered first.
	 */
	public void win() {
		this.state.set(State.WON);
	}

	/**
	 * Note that the attempt has ended.
	 */
	public void end() {
		this.hedges.budget().earn();
	}

	/**
	 * Return what came of it.
	 * @return the state, {@link State#LOST} while the second request is under way
	 */
	public State state() {
		return Objects.requireNonNull(this.state.get());
	}

	/**
	 * Return after how long there was a second request, or would have been.
	 * @return the duration
	 */
	public Duration delay() {
		return Duration.ofNanos(this.delay);
	}

	/**
	 * What can come of it.
	 */
	public enum State {

		/** The answer came in time. */
		UNUSED,

		/** There was no second request, though it was time for one. */
		DENIED,

		/** The second request was not answered first. */
		LOST,

		/** The second request was answered first. */
		WON

	}

	/**
	 * The wait for an answer.
	 */
	public final class Wait {

		private final ReadClass read;

		private final long started;

		private final TimerWheel.Entry entry;

		private Wait(ReadClass read, long started, TimerWheel.Entry entry) {
			this.read = read;
			this.started = started;
			this.entry = entry;
		}

		/**
		 * Note that the first request was answered.
		 */
		public void answered() {
			times().add(System.nanoTime() - this.started);
		}

		/**
		 * Note that the second one was answered in its place.
		 * @param ended when the first one ended, by nanoTime
		 */
		public void overtaken(long ended) {
			times().addAtLeast(ended - this.started);
		}

		private FirstByteTimes times() {
			return Hedge.this.hedges.times(Hedge.this.location, this.read);
		}

		/**
		 * End the wait.
		 */
		public void end() {
			this.entry.cancel();
		}

	}

}
