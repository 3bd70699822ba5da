package io.s3s3.internal.call;

import io.s3s3.internal.consistency.ReadProof;
import io.s3s3.internal.hedge.Rival;
import io.s3s3.internal.io.SingleTry;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides whether the second request for a late read goes to the other location: it does
 * if an answer from there can prove to be no older. Then it helps whether the first
 * request is held up by its connection or by its location, while a second request to the
 * same location only helps against the former.
 *
 * @param scope the scope of the call
 * @param questions creates the requests of its attempts
 * @param guard knows what this process has written, or {@code null} if it has written
 * nothing
 */
record Rivals(CallScope scope, Questions questions, @Nullable ReadGuard guard) {

	/**
	 * Return the second request.
	 * @param route where the call may go
	 * @param first the location of the first one
	 * @param now the time
	 * @return the request, or {@code null} if it goes to the same location
	 */
	@Nullable Rival of(Route route, Location first, long now) {
		S3Request read = this.scope.call().request();
		// The request for a part names the object itself.
		ReadProof proof = this.scope.events().whole()
				? ReadProof.of(read, (this.guard != null) ? this.guard.check() : null) : null;
		if (proof == null) {
			return null;
		}
		Router router = this.scope.services().router();
		Location other = route.locations().stream().filter((each) -> each != first).findFirst().orElseThrow();
		return new Rival(other, () -> request(other, now), () -> router.isWell(other),
				(answer) -> proof.isGivenBy(other.role(), answer));
	}

	/**
	 * Return the request, which the SDK does not retry.
	 */
	private S3Request request(Location other, long now) {
		return SingleTry.of(this.scope.deadline().limited(this.questions.request(other), now));
	}

}
