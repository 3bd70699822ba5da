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
	 * Note that the request is sent from now on: what getting the body ready took is not
	 * the location's.
	 * @param now the time
	 * @param hedge the leave to send it a second time, {@code null} if there is none
	 */
	void send(long now, @Nullable Hedge hedge) {
		this.sent = true;
		this.started = now;
		this.hedge = hedge;
	}

	/**
	 * Note that the location is asked something.
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
	 * Return where the attempt is made; once it is answered, where the answer came from.
	 */
	Location location() {
		return (this.hedge != null) ? this.hedge.answeredAt(this.location) : this.location;
	}

	/**
	 * Return where the first request of the attempt went.
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
	 * Return whether the answer is that of a second request, since the first was late.
	 */
	boolean wasOvertaken() {
		return this.hedge != null && this.hedge.state() == Hedge.State.WON;
	}

	boolean wasAsked() {
		return this.asked;
	}

}
