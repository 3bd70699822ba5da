package io.s3s3.health;

import java.time.Instant;

import io.s3s3.internal.health.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The location failed. Probes, or calls that try it because the other one failed too, can
 * show that it is well again. If neither can tell, calls try it when the hold-down is
 * over.
 */
final class OutState extends LocationState {

	private final Timestamp holdDownUntil;

	private final OutcomeWindow evidence;

	private final CircuitFigures figures;

	/** Guarded by the lock of the director, like the next field. */
	private boolean probeDenied;

	private boolean probing = true;

	private OutState(Entered entered, Timestamp holdDownUntil, CircuitFigures figures) {
		super(entered);
		this.holdDownUntil = holdDownUntil;
		this.evidence = entered.rules().noEvidence();
		this.figures = figures;
	}

	static OutState of(LocationState before, int relapses, StatusReason reason, Timestamp now) {
		HealthRules rules = before.rules();
		return new OutState(new Entered(rules, now, reason, relapses), now.plus(rules.holdDownAfter(relapses)),
				before.figures());
	}

	@Override
	LocationStatus status() {
		return LocationStatus.OUT;
	}

	@Override
	CircuitFigures figures() {
		return this.figures;
	}

	@Override
	Instant holdDownEnd() {
		return this.holdDownUntil.instant();
	}

	@Override
	@Nullable Timestamp deadline() {
		return canBeProbed() ? null : this.holdDownUntil;
	}

	@Override
	LocationState attempted(boolean good, Attempt attempt, Timestamp now) {
		return isOutdated(attempt.started()) ? this
				: noted(good, attempt.started(), attempt.suspect(), StatusReason.CALLS_SUCCEEDED, now);
	}

	@Override
	LocationState probed(ProbeResult result, boolean slow, long started, Timestamp now) {
		if (isOutdated(started)) {
			return this;
		}
		this.probeDenied = result == ProbeResult.DENIED;
		return this.probeDenied ? this
				: noted(result == ProbeResult.SUCCESS && !slow, started, null, StatusReason.PROBES_SUCCEEDED, now);
	}

	// An attempt that began before the location went out says nothing new.
	private boolean isOutdated(long started) {
		return started - since().nanos() < 0;
	}

	@Override
	LocationState settle(PairContext around, Timestamp now) {
		this.probing = around.probing();
		return (!canBeProbed() && isPast(this.holdDownUntil, now)) ? recovered(StatusReason.HOLD_DOWN_OVER, now) : this;
	}

	private LocationState noted(boolean good, long started, @Nullable Integer suspect, StatusReason reason,
			Timestamp now) {
		if (good) {
			this.evidence.addGood(started);
		}
		else {
			this.evidence.addBad(started, suspect);
		}
		return this.evidence.isGood() ? recovered(reason, now) : this;
	}

	private RecoveredState recovered(StatusReason reason, Timestamp now) {
		return new RecoveredState(this, reason, this.holdDownUntil, now);
	}

	private boolean canBeProbed() {
		return this.probing && !this.probeDenied;
	}

}
