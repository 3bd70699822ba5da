package io.s3s3.internal.health;

import java.time.Duration;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The outcome of an attempt, as far as it concerns its location. Immutable.
 *
 * @param location the location that was tried
 * @param started when it began, by {@link System#nanoTime()}
 * @param duration how long it took until the location answered or failed
 * @param subject the part of the request that may be to blame if the attempt failed or
 * was slow, such as the key of an object or the prefix of a listing; {@code null} if only
 * the location can be, as when it refuses the connection. Only a hash of it is kept, and
 * it is never shown
 * @param overtaken whether it was served by a second request because the answer to the
 * first was late, in which case the location was slow, however soon the second was
 * answered
 */
public record Attempt(LocationRole location, long started, Duration duration, @Nullable String subject,
		boolean overtaken) {

	/**
	 * Create an attempt.
	 */
	public Attempt {
		Assert.notNull(location, "location is required");
		Assert.notNull(duration, "duration is required");
	}

	/**
	 * Create an attempt that took one request.
	 * @param location the location that was tried
	 * @param started when it began, by {@link System#nanoTime()}
	 * @param duration how long it took until the location answered or failed
	 * @param subject the part of the request that may be to blame, or {@code null} if
	 * only the location can be
	 */
	public Attempt(LocationRole location, long started, Duration duration, @Nullable String subject) {
		this(location, started, duration, subject, false);
	}

	/**
	 * Return when it ended, which may be long before it is reported.
	 */
	public long ended() {
		return this.started + this.duration.toNanos();
	}

	/**
	 * Return whether only the location can be to blame: if the attempt failed, nobody
	 * answered it.
	 */
	public boolean isUnanswered() {
		return this.subject == null;
	}

	/**
	 * Return a hash of the subject, which is all that is kept of it.
	 */
	public @Nullable Integer suspect() {
		return (this.subject != null) ? this.subject.hashCode() : null;
	}

	@Override
	public String toString() {
		return "Attempt[location=%s, started=%d, duration=%s]".formatted(this.location, this.started, this.duration);
	}

}
