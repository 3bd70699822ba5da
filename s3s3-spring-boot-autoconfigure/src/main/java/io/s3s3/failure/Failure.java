package io.s3s3.failure;

import org.springframework.util.Assert;

/**
 * What a {@link FailureClassifier} finds in an error.
 *
 * @param kind the cause
 * @param canFailOver whether another location may do better
 * @param countsAgainstLocation whether it says something about the health of the location
 * @param effect what the attempt may have done
 * @since 0.1.0
 */
public record Failure(FailureKind kind, boolean canFailOver, boolean countsAgainstLocation, Effect effect) {

	/**
	 * Create a failure.
	 */
	public Failure {
		Assert.notNull(kind, "kind is required");
		Assert.notNull(effect, "effect is required");
	}

	/**
	 * Create a failure of the location: another one may do better.
	 * @param kind the cause
	 * @param effect what the attempt may have done
	 * @return the failure
	 */
	public static Failure ofLocation(FailureKind kind, Effect effect) {
		return new Failure(kind, true, true, effect);
	}

	/**
	 * Create a failure that another location may not have, although this one is well.
	 * @param kind the cause
	 * @param effect what the attempt may have done
	 * @return the failure
	 */
	public static Failure ofSetup(FailureKind kind, Effect effect) {
		return new Failure(kind, true, false, effect);
	}

	/**
	 * Create a failure that stays the caller's.
	 * @param kind the cause
	 * @param effect what the attempt may have done
	 * @return the failure
	 */
	public static Failure ofCaller(FailureKind kind, Effect effect) {
		return new Failure(kind, false, false, effect);
	}

	/**
	 * Return this failure as one that no other location can fix.
	 * @return the failure
	 */
	public Failure incurable() {
		return new Failure(this.kind, false, this.countsAgainstLocation, this.effect);
	}

	/**
	 * Return this failure as one that says nothing about the health of the location.
	 * @return the failure
	 */
	public Failure uncounted() {
		return new Failure(this.kind, this.canFailOver, false, this.effect);
	}

	/**
	 * Return this failure with another effect.
	 * @param effect what the attempt may have done
	 * @return the failure
	 */
	public Failure withEffect(Effect effect) {
		return new Failure(this.kind, this.canFailOver, this.countsAgainstLocation, effect);
	}

}
