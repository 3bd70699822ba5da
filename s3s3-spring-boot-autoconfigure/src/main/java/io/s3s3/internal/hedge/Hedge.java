package io.s3s3.internal.hedge;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The leave of one attempt to make a second request, once, and what came of it.
 * Thread-safe.
 */
public final class Hedge {

	private final Hedges hedges;

	private final LocationRole location;

	private final AtomicReference<State> state = new AtomicReference<>(State.UNUSED);

	private volatile long delay;

	/** {@code null} if the second request goes to the same location. */
	private volatile @Nullable Rival rival;

	private volatile @Nullable RivalCall call;

	private volatile Executor threads;

	Hedge(Hedges hedges, LocationRole location) {
		this.hedges = hedges;
		this.threads = hedges.threads();
		this.location = location;
	}

	/**
	 * Have the second request go to the other location.
	 * @param rival the request, {@code null} to have it go to the same one
	 */
	public void goElsewhere(@Nullable Rival rival) {
		this.rival = rival;
	}

	/**
	 * Return the second request, if it goes to the other location.
	 * @return the request, or {@code null} if it goes to the same one
	 */
	public @Nullable Rival rival() {
		return this.rival;
	}

	/**
	 * Set how the client of the other location is called.
	 * @param call calls it
	 */
	public void callBy(RivalCall call) {
		this.call = call;
	}

	/**
	 * Set what makes the second request in place of the threads of all hedges.
	 * @param threads runs it
	 */
	public void makeOn(Executor threads) {
		this.threads = threads;
	}

	/**
	 * Call the client of the other location.
	 * @return completes when the call has ended, {@code null} if it cannot be made: the
	 * second request goes to the same location then
	 * @throws Throwable what the client throws
	 */
	public @Nullable CompletableFuture<?> callRival() throws Throwable {
		Rival rival = this.rival;
		RivalCall call = this.call;
		CompletableFuture<?> made = (rival != null && call != null) ? call.make(rival) : null;
		if (made == null) {
			this.rival = null;
		}
		return made;
	}

	/**
	 * Return whether a success may win as far as its location goes.
	 * @param answer the answer to the second request
	 * @return whether it came from the same location, or proves to be no older
	 */
	public boolean accepts(SdkHttpResponse answer) {
		Rival rival = this.rival;
		return rival == null || (answer.isSuccessful() && rival.proof().test(answer));
	}

	/**
	 * Return where the answer came from.
	 * @param first the location of the first request
	 * @return the location of the request that was answered first
	 */
	public Location answeredAt(Location first) {
		Rival rival = this.rival;
		return (rival != null && state() == State.WON) ? rival.location() : first;
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
		// The SDK tries again, and what comes of that is not what came of the second one.
		this.state.compareAndSet(State.WON, State.LOST);
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
		Rival rival = this.rival;
		boolean well = rival == null || rival.well().getAsBoolean();
		if (well && possible.getAsBoolean() && this.hedges.budget().tryAcquire()) {
			this.state.set(State.LOST);
			if (!start.getAsBoolean()) {
				deny();
			}
		}
	}

	/**
	 * Run what makes the second request on a thread that may wait.
	 * @param request makes it
	 * @return whether there was a thread for it
	 */
	public boolean execute(Runnable request) {
		try {
			this.threads.execute(request);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
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
