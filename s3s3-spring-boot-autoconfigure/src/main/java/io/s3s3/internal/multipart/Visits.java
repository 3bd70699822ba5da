package io.s3s3.internal.multipart;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

/**
 * The visits of one call, one per attempt: the last one ends when the next one is due, or
 * when the call ends. Thread-safe.
 */
public final class Visits implements AutoCloseable {

	private final UploadPassage passage;

	/** The visit of the last attempt; guarded by "this". */
	private @Nullable Visit visit;

	/** Guarded by "this". */
	private boolean closed;

	/**
	 * Create the visits of a call.
	 * @param passage the passage of the call
	 */
	public Visits(UploadPassage passage) {
		this.passage = passage;
	}

	/**
	 * Visit a location. Cancelling the visit does not cancel the move of the upload,
	 * which others may wait for.
	 * @param location the location of the next attempt
	 * @return completes with the visit; completing it early ends the wait
	 */
	public CompletableFuture<Visit> begin(Location location) {
		leave();
		CompletableFuture<Visit> awaited = new CompletableFuture<>();
		this.passage.visit(location).whenComplete((visit, error) -> {
			if (error != null) {
				awaited.completeExceptionally(error);
			}
			else if (take(visit, awaited)) {
				awaited.complete(visit);
			}
			else {
				visit.close();
			}
		});
		return awaited;
	}

	private synchronized boolean take(Visit next, CompletableFuture<Visit> awaited) {
		boolean wanted = !this.closed && !awaited.isDone();
		this.visit = wanted ? next : this.visit;
		return wanted;
	}

	/**
	 * Return the visit of the last attempt, which has begun.
	 * @return the visit
	 */
	public synchronized Visit current() {
		return Objects.requireNonNull(this.visit);
	}

	private void leave() {
		Visit last;
		synchronized (this) {
			last = this.visit;
			this.visit = null;
		}
		if (last != null) {
			last.close();
		}
	}

	/**
	 * End the current visit, and begin no more.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		leave();
	}

}
