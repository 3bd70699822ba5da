package io.s3s3.internal.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What the driver of a call is asked to do: the steps that it has not taken, and the
 * attempts whose outcome it has not told. Not thread-safe.
 */
final class Agenda {

	private final Deque<Step> steps = new ArrayDeque<>(1);

	private final List<AttemptInFlight> inFlight = new ArrayList<>(1);

	private Step.@Nullable End end;

	/** When the wait ends that the call is in. */
	private @Nullable Long waitsUntil;

	private int numbers;

	/**
	 * Take the next step. Each is given once, but for the end.
	 */
	@Nullable Step take() {
		Step next = this.steps.poll();
		return (next != null) ? next : this.end;
	}

	AttemptInFlight add(Location location, long now) {
		AttemptInFlight attempt = new AttemptInFlight(++this.numbers, location, now);
		this.inFlight.add(attempt);
		return attempt;
	}

	void start(Step.Start start) {
		this.steps.add(start);
	}

	void ask(AttemptInFlight attempt, S3Request question) {
		attempt.ask(++this.numbers);
		this.steps.add(new Step.Ask(attempt.number(), attempt.location(), question));
	}

	void waitUntil(long time) {
		this.waitsUntil = time;
		this.steps.add(new Step.Wait(time));
	}

	/**
	 * End the wait that the call is in, if it is over.
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
		for (AttemptInFlight attempt : this.inFlight) {
			this.steps.add(new Step.Cancel(attempt.number()));
		}
	}

	/**
	 * Return whether nothing is on its way: what is to be done has not been taken.
	 */
	boolean isIdle() {
		return this.waitsUntil != null || !this.steps.isEmpty();
	}

	/**
	 * Drop what was not taken.
	 */
	void clear() {
		this.waitsUntil = null;
		this.steps.clear();
		this.inFlight.clear();
	}

	/**
	 * End, and cancel what has no outcome yet.
	 */
	void end(Step.End end) {
		this.waitsUntil = null;
		this.steps.clear();
		cancel();
		this.inFlight.clear();
		this.end = end;
	}

	boolean hasEnded() {
		return this.end != null;
	}

	/**
	 * Return the attempt that an outcome is of, or {@code null} if nobody waits for it.
	 */
	@Nullable AttemptInFlight find(int number) {
		for (AttemptInFlight candidate : this.inFlight) {
			if (candidate.number() == number) {
				return candidate;
			}
		}
		return null;
	}

	void land(AttemptInFlight attempt) {
		this.inFlight.remove(attempt);
	}

}
