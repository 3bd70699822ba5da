package io.s3s3.internal.call;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;

/**
 * An answer by which a location says that it does not know what a call brings along, such
 * as the id of an upload. The other location may know it: as long as that has not been
 * asked with success, this is an answer to nothing.
 */
final class Disclaimer {

	private Disclaimer() {
	}

	/**
	 * Return what a failure means on a route.
	 */
	static Failure recognize(Route route, Failure failure, Throwable error) {
		boolean unknown = route.sought() != null && !failure.canFailOver() && route.sought().isUnknownBy(error);
		return unknown ? new Failure(failure.kind(), true, false, failure.effect()) : failure;
	}

	/**
	 * Return whether a failure of a call that seeks something was recognized as one.
	 */
	static boolean is(Failure failure) {
		return failure.canFailOver()
				&& (failure.kind() == FailureKind.EXPECTED || failure.kind() == FailureKind.REQUEST);
	}

}
