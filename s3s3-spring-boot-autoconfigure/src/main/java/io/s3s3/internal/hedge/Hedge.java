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
 * Permission for one attempt to make a second request, once, and the outcome of that.
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
	 * Send the second request to the other location.
	 * @param rival the request, or {@code null} to send it to the same location
	 */
	public void goElsewhere(@Nullable Rival rival) {
		this.rival = rival;
	}

	/**
	 * Return the second request, if it goes to the other location.
	 * @return the request, or {@code null} if it goes to the same location
	 */
	public @Nullable Rival rival() {
		return this.rival;
	}

	/**
	 * Set how the client of the other location is called.
	 * @param call makes the call
	 */
	public void callBy(RivalCall call) {
		this.call = call;
	}

	/**
	 * Set what runs the second request instead of the threads shared by all hedges.
	 * @param threads runs it
	 */
	public void makeOn(Executor threads) {
		this.threads = threads;
	}

	/**
	 * Call the client of the other location.
	 * @return completes when the call has ended, or {@code null} if the call cannot be
	 * made, so that the second request goes to the same location
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
	 * Return whether a success may win, as far as its location is concerned.
	 * @param answer the answer to the second request
	 * @return whether it came from the same location, or is proven to be no older
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
	 * block
	 * @return the wait, which must be ended
	 */
	public Wait begin(ReadClass read, Runnable late) {
		long now = System.nanoTime();
		// The SDK retries, so the second request did not win after all.
		this.state.compareAndSet(State.WON, State.LOST);
		if (this.state.get() != State.UNUSED) {
			return new Wait(read, now, new TimerWheel.Entry(late, 0));
		}
		this.delay = this.hedges.delayNanos(this.location, read);
		return new Wait(read, now, this.hedges.schedule(late, this.delay));
	}

	/**
	 * Make the second request, unless there has been one or it is not allowed.
	 * @param possible whether there is a connection that it could use
	 * @param start starts it, and returns whether that was possible
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
	 * Run the second request on a thread that may block.
	 * @param request makes the request
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
	 * Record that the second request was not sent after all.
	 */
	public void deny() {
		if (this.state.compareAndSet(State.LOST, State.DENIED)) {
			this.hedges.budget().giveBack();
		}
	}

	/**
	 * Record that the second request was answered first.
	 */
	public void win() {
		this.state.set(State.WON);
	}

	/**
	 * Record that the attempt has ended.
	 */
	public void end() {
		this.hedges.budget().earn();
	}

	/**
	 * Return the outcome.
	 * @return the state, which is {@link State#LOST} while the second request is in
	 * flight
	 */
	public State state() {
		return Objects.requireNonNull(this.state.get());
	}

	/**
	 * Return after which delay there was a second request, or would have been.
	 * @return the duration
	 */
	public Duration delay() {
		return Duration.ofNanos(this.delay);
	}

	/**
	 * The possible outcomes.
	 */
	public enum State {

		/** The answer came in time. */
		UNUSED,

		/** There was no second request, although it was time for one. */
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
		 * Record that the first request was answered.
		 */
		public void answered() {
			times().add(System.nanoTime() - this.started);
		}

		/**
		 * Record that the second request was answered instead.
		 * @param ended when the first request ended, by nanoTime
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
