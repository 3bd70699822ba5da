package io.s3s3.internal.engine;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.routing.RoutePlan;

/**
 * An answer by which a location says that it does not know what a call brings along, such
 * as the id of an upload. The other location may know it: as long as that has not been
 * asked with success, this is an answer to nothing.
 */
final class Disclaimer {

	private static final Failure DISCLAIMER = new Failure(FailureKind.ANSWER, true, false, Effect.REJECTED);

	private Disclaimer() {
	}

	// Return what a failure means on a route.
	static Failure recognize(RoutePlan plan, Failure failure, Throwable error) {
		boolean unknown = plan.sought() != null && !failure.curableElsewhere() && plan.sought().isUnknownBy(error);
		return unknown ? DISCLAIMER.withEffect(failure.effect()) : failure;
	}

	static boolean is(Failure failure) {
		return failure.kind() == FailureKind.ANSWER && failure.curableElsewhere();
	}

}
