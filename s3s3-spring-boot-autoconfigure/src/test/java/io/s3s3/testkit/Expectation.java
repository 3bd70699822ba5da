package io.s3s3.testkit;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;

/**
 * How a fault is to be handled.
 *
 * @param kind its kind
 * @param curable whether the other location is asked
 * @param counts whether it speaks of the health of the location
 * @param effect what the request may have done
 * @param tries how often the SDK asks the location
 * @param scope which answers it breaks
 */
public record Expectation(FailureKind kind, boolean curable, boolean counts, Effect effect, int tries, Scope scope) {

	// The location has an outage.
	static Expectation outage(FailureKind kind, Effect effect) {
		return new Expectation(kind, true, true, effect, 1, Scope.ALL);
	}

	// The location is well, but set up in a way that the other may not be.
	static Expectation setup(FailureKind kind, Effect effect) {
		return new Expectation(kind, true, false, effect, 1, Scope.ALL);
	}

	// The caller's affair.
	static Expectation answer(FailureKind kind) {
		return new Expectation(kind, false, false, Effect.REJECTED, 1, Scope.ALL);
	}

	// The SDK tries it again: what the first try did, nobody knows.
	Expectation twice() {
		return new Expectation(this.kind, this.curable, this.counts, Effect.UNKNOWN, 2, this.scope);
	}

	// It does not: no answer to a condition may be that to a second try.
	Expectation once() {
		return new Expectation(this.kind, this.curable, this.counts,
				(this.kind == FailureKind.CREDENTIALS && this.tries > 1) ? Effect.REJECTED : this.effect, 1,
				this.scope);
	}

	Expectation breaking(Scope scope) {
		return new Expectation(this.kind, this.curable, this.counts, this.effect, this.tries, scope);
	}

	/**
	 * Which answers a fault breaks.
	 */
	public enum Scope {

		/** All of them. */
		ALL,

		/** Those with a body. */
		BODY,

		/** Those with a document. */
		DOCUMENT,

		/** Those with an object. */
		OBJECT;

		boolean contains(Scope answer) {
			return this == ALL || this == answer || (this == BODY && answer != ALL);
		}

	}

}
