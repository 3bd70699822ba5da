package io.s3s3.consistency;

import java.time.Duration;

import io.s3s3.internal.setting.Setting;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * What reads promise, and what is remembered to keep that promise. Immutable.
 *
 * @param reads what reads promise
 * @param memory how much memory the recent writes of this process may take, at least 64
 * KB; the oldest are forgotten first
 * @param confirmation when it is found out whether a write has arrived at the other
 * location
 * @param explainAbsence whether to ask a location for the versions of an object that it
 * does not have, so that {@link ObjectAbsence} can explain why
 * @param conditionalNonce whether to mark the object of a conditional write with a
 * metadata entry, so that a write whose answer was lost can be told from one that did not
 * happen
 * @since 0.1.0
 */
public record ConsistencySettings(ReadConsistency reads, DataSize memory, Confirmation confirmation,
		boolean explainAbsence, boolean conditionalNonce) {

	private static final int LEAST_MEMORY = 64;

	/**
	 * The default settings: reads show the writes of this process, 32 MB of which are
	 * remembered.
	 */
	public static final ConsistencySettings DEFAULTS = new ConsistencySettings(ReadConsistency.OWN_WRITES,
			DataSize.ofMegabytes(32), Confirmation.DEFAULTS, false, false);

	/**
	 * Reads return what the location has that serves them.
	 */
	public static final ConsistencySettings AS_SERVED = new ConsistencySettings(ReadConsistency.AS_SERVED,
			DataSize.ofMegabytes(32), Confirmation.DEFAULTS, false, false);

	/**
	 * Create settings.
	 */
	public ConsistencySettings {
		Assert.notNull(reads, "reads is required");
		Assert.notNull(memory, "memory is required");
		Assert.notNull(confirmation, "confirmation is required");
		Setting.of("s3s3.consistency.memory", memory)
			.require(memory.toKilobytes() >= LEAST_MEMORY, "It must be at least " + LEAST_MEMORY + "KB.");
	}

	/**
	 * When it is found out whether a write has arrived at the location that did not take
	 * it. Immutable.
	 *
	 * @param horizon how long a write may be known at one location only before the other
	 * one is asked for it, which takes a request, and how long a key is left alone that
	 * an older write may have replaced before it is looked at; zero to ask only after an
	 * outage
	 * @param maxHold how long calls for a key stay at the location that took its last
	 * write while the other location does not have it
	 */
	public record Confirmation(Duration horizon, Duration maxHold) {

		/**
		 * The default settings: a write is asked for after 15 minutes, and calls stay
		 * with a write for 30.
		 */
		public static final Confirmation DEFAULTS = new Confirmation(Duration.ofMinutes(15), Duration.ofMinutes(30));

		/**
		 * Create settings.
		 */
		public Confirmation {
			Assert.notNull(horizon, "horizon is required");
			Assert.notNull(maxHold, "maxHold is required");
			Setting.of("s3s3.consistency.horizon", horizon).notNegative();
			Setting.of("s3s3.failback.max-hold", maxHold).positive();
		}

	}

}
