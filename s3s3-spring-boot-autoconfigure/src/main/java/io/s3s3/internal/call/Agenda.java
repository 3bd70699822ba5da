package io.s3s3.internal.call;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What the driver of a call has to do: the step that it has not taken yet, and the
 * attempt whose outcome it has not reported yet. Not thread-safe.
 */
final class Agenda {

	private @Nullable Step next;

	private @Nullable AttemptInFlight inFlight;

	private Step.@Nullable End end;

	/** When the current wait ends. */
	private @Nullable Long waitsUntil;

	private int numbers;

	/**
	 * Take the next step. Each is returned once, except the end.
	 */
	@Nullable Step take() {
		Step taken = this.next;
		this.next = null;
		return (taken != null) ? taken : this.end;
	}

	AttemptInFlight add(Location location, long now) {
		AttemptInFlight attempt = new AttemptInFlight(++this.numbers, location, now);
		this.inFlight = attempt;
		return attempt;
	}

	void start(Step.Start start) {
		this.next = start;
	}

	void ask(AttemptInFlight attempt, S3Request question, boolean again) {
		attempt.ask(++this.numbers, again);
		this.next = new Step.Ask(attempt.number(), attempt.location(), question);
	}

	void waitUntil(long time) {
		this.waitsUntil = time;
		this.next = new Step.Wait(time);
	}

	/**
	 * End the current wait, if it is over.
	 * @return whether it is
	 */
	boolean endWait(long now) {
		boolean over = this.waitsUntil != null && now - this.waitsUntil >= 0;
		if (over) {
			this.waitsUntil = null;
		}
		return over;
	}

	/**
	 * Cancel what has no outcome yet.
	 */
	void cancel() {
		if (this.inFlight != null) {
			this.next = new Step.Cancel(this.inFlight.number());
		}
	}

	/**
	 * Return whether nothing is in flight: the next step has not been taken.
	 */
	boolean isIdle() {
		return this.waitsUntil != null || this.next != null;
	}

	/**
	 * Drop the step that was not taken.
	 */
	void clear() {
		this.waitsUntil = null;
		this.next = null;
		this.inFlight = null;
	}

	/**
	 * End, and cancel what has no outcome yet.
	 */
	void end(Step.End end) {
		this.waitsUntil = null;
		this.next = null;
		cancel();
		this.inFlight = null;
		this.end = end;
	}

	boolean hasEnded() {
		return this.end != null;
	}

	/**
	 * Return the attempt that an outcome belongs to, or {@code null} if nobody waits for
	 * it.
	 */
	@Nullable AttemptInFlight find(int number) {
		AttemptInFlight attempt = this.inFlight;
		return (attempt != null && attempt.number() == number) ? attempt : null;
	}

	void land(AttemptInFlight attempt) {
		if (this.inFlight == attempt) {
			this.inFlight = null;
		}
	}

}
