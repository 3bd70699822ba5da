package io.s3s3.internal.http;

import java.util.function.BooleanSupplier;

import io.s3s3.internal.hedge.Hedge;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a location need to know while they carry out one attempt of a call.
 * A client that is used outside of an attempt is patient, since no other location would
 * stand in. Immutable; bound to the thread that makes the requests of the attempt.
 *
 * @param patient whether no other location could stand in, so that the attempt is worth a
 * longer wait
 * @param inVain returns whether further waiting is pointless, since the location has gone
 * out meanwhile and another one can serve the call; called by any thread, at any time
 * @param hedge permission to make a second request if the answer is late, or {@code null}
 * @param preparation keeps the request instead of sending it, or {@code null} to send it
 */
public record AttemptScope(boolean patient, BooleanSupplier inVain, @Nullable Hedge hedge,
		@Nullable Preparation preparation) {

	private static final AttemptScope NONE = new AttemptScope(true, () -> false, null);

	/** {@code null} outside of any scope. Never removed, since that is expensive. */
	private static final ThreadLocal<@Nullable AttemptScope> CURRENT = new ThreadLocal<>();

	/**
	 * Create the scope of requests that are sent.
	 * @param patient whether no other location could stand in
	 * @param inVain returns whether further waiting is pointless
	 * @param hedge permission to make a second request, or {@code null}
	 */
	public AttemptScope(boolean patient, BooleanSupplier inVain, @Nullable Hedge hedge) {
		this(patient, inVain, hedge, null);
	}

	/**
	 * Return the scope of the current thread.
	 * @return the scope
	 */
	public static AttemptScope current() {
		AttemptScope scope = CURRENT.get();
		return (scope != null) ? scope : NONE;
	}

	/**
	 * Return whether further waiting for the location is pointless.
	 * @return whether it is
	 */
	public boolean isInVain() {
		return this.inVain.getAsBoolean();
	}

	/**
	 * Return the scope of a second request.
	 * @param queued returns whether it waits for a connection, which it must not do
	 */
	AttemptScope hedging(BooleanSupplier queued) {
		return new AttemptScope(this.patient, () -> queued.getAsBoolean() || isInVain(), null);
	}

	/**
	 * Return the scope of a second request that goes to the other location, and is
	 * prepared before it is sent. Whether waiting for the first location is pointless
	 * says nothing about that one.
	 * @param queued returns whether it waits for a connection, which it must not do
	 * @param well returns whether the other location is well
	 */
	AttemptScope elsewhere(BooleanSupplier queued, BooleanSupplier well) {
		return new AttemptScope(this.patient, () -> queued.getAsBoolean() || !well.getAsBoolean(), null);
	}

	AttemptScope preparing(Preparation preparation) {
		return new AttemptScope(this.patient, this.inVain, null, preparation);
	}

	/**
	 * Return the scope of the auxiliary requests of the attempt.
	 * @return this scope without permission to make a second request
	 */
	public AttemptScope unhedged() {
		return (this.hedge != null) ? new AttemptScope(this.patient, this.inVain, null) : this;
	}

	/**
	 * Enter the scope on this thread.
	 * @return what restores the previous scope of the thread
	 */
	public Entered enter() {
		AttemptScope before = CURRENT.get();
		CURRENT.set(this);
		// Credentials resolved for something else, such as a signed URL, do not count.
		CredentialsTime.take();
		return () -> CURRENT.set(before);
	}

	/**
	 * A scope that a thread has entered.
	 */
	@FunctionalInterface
	public interface Entered extends AutoCloseable {

		/**
		 * Leave the scope.
		 */
		@Override
		void close();

	}

}
