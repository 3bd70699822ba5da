package io.s3s3.consistency;

import java.util.Objects;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * A write as the process that made it knows it. Not thread-safe.
 */
final class ToldWrite {

	private final @Nullable String content;

	private final long began;

	/** The next three are kept by the history. */
	Outcome outcome = Outcome.UNDER_WAY;

	long ended = Long.MAX_VALUE;

	/** How many attempts that were given up may still be executed. */
	int abandoned;

	/** The location that acknowledged it. */
	@Nullable LocationRole location;

	/** The version id that came with the answer, that of a marker for a deletion. */
	@Nullable String versionId;

	/** Whether somebody may have deleted its version, so that it replaces nothing. */
	boolean takenBack;

	/** Whether the process was told that its version was deleted. */
	boolean gone;

	/** Whether the process deletes its version just now. */
	boolean leaving;

	ToldWrite(@Nullable String content, long began) {
		this.content = content;
		this.began = began;
	}

	/**
	 * Return what is read after the write, {@code null} for nothing.
	 */
	@Nullable String content() {
		return this.content;
	}

	long began() {
		return this.began;
	}

	boolean leaves(@Nullable String content) {
		return Objects.equals(this.content, content);
	}

	/**
	 * Return whether it is known to have taken effect.
	 */
	boolean isCertain() {
		return isAcknowledged() || this.outcome == Outcome.SEEN;
	}

	boolean isAcknowledged() {
		return this.outcome == Outcome.ACKNOWLEDGED;
	}

	boolean isUnderWay() {
		return this.outcome == Outcome.UNDER_WAY;
	}

	/**
	 * Return when it took effect at the latest.
	 */
	long end() {
		boolean open = isUnderWay() || (this.outcome == Outcome.UNKNOWN && this.abandoned > 0);
		return open ? Long.MAX_VALUE : this.ended;
	}

	@Override
	public String toString() {
		return this.content + " " + this.began + "-" + this.ended + " " + this.outcome
				+ (this.takenBack ? " taken back" : "");
	}

	/**
	 * What the process knows of the effect.
	 */
	enum Outcome {

		/** The call goes on. */
		UNDER_WAY,

		/** The call succeeded. */
		ACKNOWLEDGED,

		/** The call failed, and may have taken effect or may do so. */
		UNKNOWN,

		/** The call failed, but a read has shown what it wrote. */
		SEEN

	}

}
