package io.s3s3.internal.call;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.Hedges;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What is sent more than once: after failures, and because an answer is late.
 * Thread-safe.
 *
 * @param rounds decides whether a call goes along its route once more
 * @param hedges decides when a late read gets a second request
 * @param hedged whether reads are hedged
 */
public record Repeats(RetryRounds rounds, Hedges hedges, boolean hedged) {

	Repeats hedging() {
		return new Repeats(this.rounds, this.hedges, true);
	}

	/**
	 * Return the permission of an attempt to make a second request. There is one if an
	 * object is read, either location may serve the call, and both are well, so that more
	 * requests do no harm.
	 * @param request the request of the call
	 * @param route where the call may go
	 * @param location the location of the attempt
	 * @param router knows which locations are well
	 * @return the permission, or {@code null} if there is none
	 */
	@Nullable Hedge hedge(S3Request request, Route route, Location location, Router router) {
		boolean reads = this.hedged && (request instanceof GetObjectRequest || request instanceof HeadObjectRequest);
		if (!reads || route.locations().size() < 2) {
			return null;
		}
		for (Location each : route.locations()) {
			if (!router.isWell(each)) {
				return null;
			}
		}
		return this.hedges.next(location.role());
	}

}
