package io.s3s3.internal.engine;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.routing.RoutePlan;

/**
 * An answer by which a location says that it does not know what a call brings along, such
 * as the id of an upload. The other location may know it: as long as that has not been
 * asked with success, this is an answer to nothing.
 */
final class Disclaimer {

	private Disclaimer() {
	}

	// Return what a failure means on a route.
	static Failure recognize(RoutePlan plan, Failure failure, Throwable error) {
		boolean unknown = plan.sought() != null && !failure.curableElsewhere() && plan.sought().isUnknownBy(error);
		return unknown ? new Failure(failure.kind(), true, false, failure.effect()) : failure;
	}

	// Return whether a failure of a call that seeks something was recognized as one.
	static boolean is(Failure failure) {
		return failure.curableElsewhere()
				&& (failure.kind() == FailureKind.ANSWER || failure.kind() == FailureKind.REQUEST);
	}

}
