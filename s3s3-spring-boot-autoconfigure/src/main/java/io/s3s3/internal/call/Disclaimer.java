package io.s3s3.internal.call;

import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.route.Route;

/**
 * An answer by which a location says that it does not know something in the request, such
 * as the id of an upload. The other location may know it: until that has answered, this
 * answer settles nothing.
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
	 * Return whether a failure was recognized as a disclaimer.
	 */
	static boolean is(Failure failure) {
		return failure.canFailOver()
				&& (failure.kind() == FailureKind.EXPECTED || failure.kind() == FailureKind.REQUEST);
	}

}
