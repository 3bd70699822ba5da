package io.s3s3.health;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The location is well again. If it is home, its calls wait until the hold-down is over;
 * otherwise, or if the other location is out, there is nothing to wait for.
 */
final class RecoveredState extends CountingState {

	private final Timestamp holdDownUntil;

	RecoveredState(LocationState outage, StatusReason reason, Timestamp holdDownUntil, Timestamp now) {
		super(new Entered(outage.rules(), now, reason, outage.relapses()), outage.rules().circuitOnTrial(),
				outage.rules().noEvidence());
		this.holdDownUntil = holdDownUntil;
	}

	@Override
	LocationStatus status() {
		return LocationStatus.RECOVERED;
	}

	@Override
	Instant holdDownEnd() {
		return this.holdDownUntil.instant();
	}

	@Override
	@Nullable Timestamp deadline() {
		return isAutomatic() ? this.holdDownUntil : null;
	}

	// No calls have returned yet, so this is not a relapse.
	@Override
	LocationState circuitOpened(StatusReason reason, Timestamp now) {
		return OutState.of(this, relapses(), reason, now);
	}

	@Override
	LocationState settle(PairContext around, Timestamp now) {
		UpState up = withoutWaiting(around, now);
		if (up != null) {
			return up;
		}
		return (isAutomatic() && isPast(this.holdDownUntil, now))
				? RampingState.start(this, circuit(), StatusReason.HOLD_DOWN_OVER, now) : this;
	}

	private boolean isAutomatic() {
		return rules().failback().automatic();
	}

}
