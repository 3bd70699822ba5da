package io.s3s3.internal.call;

import java.time.Duration;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

/**
 * An attempt whose outcome is not known yet. Not thread-safe.
 */
final class AttemptInFlight {

	private final Location location;

	private int number;

	private long started;

	private boolean sent;

	private boolean asked;

	private @Nullable Hedge hedge;

	AttemptInFlight(int number, Location location, long now) {
		this.number = number;
		this.location = location;
		this.started = now;
	}

	/**
	 * Record that the request is being sent from now on: the time to prepare the body
	 * does not count against the location.
	 * @param now the time
	 * @param hedge the permission to send it a second time, or {@code null} if there is
	 * none
	 */
	void send(long now, @Nullable Hedge hedge) {
		this.sent = true;
		this.started = now;
		this.hedge = hedge;
	}

	/**
	 * Record that the location is being asked a question.
	 * @param number the number of the answer, which is the outcome from now on
	 * @param again whether it may be asked once more
	 */
	void ask(int number, boolean again) {
		this.asked = !again;
		this.number = number;
	}

	int number() {
		return this.number;
	}

	/**
	 * Return the location of the attempt or, once it is answered, of the answer.
	 */
	Location location() {
		return (this.hedge != null) ? this.hedge.answeredAt(this.location) : this.location;
	}

	/**
	 * Return the location of the first request of the attempt.
	 */
	Location first() {
		return this.location;
	}

	long started() {
		return this.started;
	}

	Duration duration(long now) {
		return Duration.ofNanos(now - this.started);
	}

	boolean isSent() {
		return this.sent;
	}

	@Nullable Hedge hedge() {
		return this.hedge;
	}

	/**
	 * Return whether a second request was answered because the first was late.
	 */
	boolean wasOvertaken() {
		return this.hedge != null && this.hedge.state() == Hedge.State.WON;
	}

	boolean wasAsked() {
		return this.asked;
	}

}
