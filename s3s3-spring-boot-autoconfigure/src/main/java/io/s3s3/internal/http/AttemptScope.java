package io.s3s3.internal.http;

import java.util.function.BooleanSupplier;

import io.s3s3.internal.hedge.Hedge;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a location need to know while they carry out one attempt of a call.
 * A client that is used outside of any attempt is patient, since no other location would
 * stand in for it. Immutable; bound to the thread that makes the requests of the attempt.
 *
 * @param patient whether no other location could stand in, so that the attempt is worth a
 * longer wait
 * @param inVain tells whether to wait any longer is in vain, since the location has gone
 * out meanwhile and another one can serve the call; asked by any thread, at any time
 * @param hedge the leave to make a second request if the answer is late, {@code null} if
 * there is none
 * @param preparation keeps the request in place of its being sent, {@code null} if it is
 * sent
 */
public record AttemptScope(boolean patient, BooleanSupplier inVain, @Nullable Hedge hedge,
		@Nullable Preparation preparation) {

	private static final AttemptScope NONE = new AttemptScope(true, () -> false, null);

	/** {@code null} outside of any scope. Its entry stays: to remove it is dear. */
	private static final ThreadLocal<@Nullable AttemptScope> CURRENT = new ThreadLocal<>();

	/**
	 * Create the scope of requests that are sent.
	 * @param patient whether no other location could stand in
	 * @param inVain tells whether to wait any longer is in vain
	 * @param hedge the leave to make a second request, {@code null} if there is none
	 */
	public AttemptScope(boolean patient, BooleanSupplier inVain, @Nullable Hedge hedge) {
		this(patient, inVain, hedge, null);
	}

	/**
	 * Return the scope that the thread is in.
	 * @return the scope
	 */
	public static AttemptScope current() {
		AttemptScope scope = CURRENT.get();
		return (scope != null) ? scope : NONE;
	}

	/**
	 * Return whether to wait any longer for the location is in vain.
	 * @return whether it is
	 */
	public boolean isInVain() {
		return this.inVain.getAsBoolean();
	}

	/**
	 * Return the scope of a second request.
	 * @param queued tells whether it waits for a connection, which it must not
	 */
	AttemptScope hedging(BooleanSupplier queued) {
		return new AttemptScope(this.patient, () -> queued.getAsBoolean() || isInVain(), null);
	}

	/**
	 * Return the scope of a second request that goes to the other location, and is
	 * prepared before it is sent. Whether the first location is worth a wait says nothing
	 * of that one.
	 * @param queued tells whether it waits for a connection, which it must not
	 * @param well tells whether the other location is well
	 */
	AttemptScope elsewhere(BooleanSupplier queued, BooleanSupplier well) {
		return new AttemptScope(this.patient, () -> queued.getAsBoolean() || !well.getAsBoolean(), null);
	}

	AttemptScope preparing(Preparation preparation) {
		return new AttemptScope(this.patient, this.inVain, null, preparation);
	}

	/**
	 * Return the scope of what is asked beside the request itself.
	 * @return this scope without the leave to make a second request
	 */
	public AttemptScope unhedged() {
		return (this.hedge != null) ? new AttemptScope(this.patient, this.inVain, null) : this;
	}

	/**
	 * Enter the scope on this thread.
	 * @return restores the scope that the thread was in before
	 */
	public Entered enter() {
		AttemptScope before = CURRENT.get();
		CURRENT.set(this);
		// What was resolved for something else, such as a signed URL, does not count.
		CredentialsTime.take();
		return () -> CURRENT.set(before);
	}

	/**
	 * A scope that a thread is in.
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
