package io.s3s3.internal.call;

import java.util.List;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.consistency.AnswerCheck;
import io.s3s3.internal.consistency.Verdict;
import io.s3s3.internal.route.Router;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Keeps from the caller of one call what lacks a write of this process: the location that
 * took the write is asked, if it is well, or the call is refused. Not thread-safe.
 */
final class ReadGuard {

	private final AnswerCheck check;

	private final Router router;

	private final CallEvents events;

	private final RouteWalk walk;

	/** Where an answer was that may be the best there is. */
	private @Nullable Location unproven;

	private boolean acceptUnproven;

	/** Where the last write may be buried, if listeners are to be told so. */
	private @Nullable Location buried;

	/** Whether the location that took the last write was asked once more. */
	private boolean askedAgain;

	/** Whether a copy was made of a state that is an old one. */
	private boolean copied;

	/** Where the call was refused last. */
	private @Nullable Location refusedAt;

	/** Whether a location was asked again that was refused for what has proved wrong. */
	private boolean reconsidered;

	private ReadGuard(AnswerCheck check, CallScope scope, RouteWalk walk) {
		this.check = check;
		this.router = scope.services().router();
		this.events = scope.events();
		this.walk = walk;
	}

	/**
	 * Return the guard of a call.
	 * @param scope its scope
	 * @param walk its way
	 * @return the guard, or {@code null} if there is nothing to guard against
	 */
	static @Nullable ReadGuard of(CallScope scope, RouteWalk walk) {
		AnswerCheck check = scope.events().whole() ? scope.services().router().check(scope.call().request()) : null;
		return (check != null) ? new ReadGuard(check, scope, walk) : null;
	}

	/**
	 * Require that an answer can be handed on.
	 * @param location the location that answered
	 * @param response what it answered
	 * @throws S3Exception what the caller gets in its place, unless another location does
	 * better
	 */
	void require(Location location, @Nullable S3Response response) {
		Verdict verdict = this.check.judge(location.role(), response, System.currentTimeMillis());
		if (!isServed(location, verdict)) {
			this.copied = response instanceof CopyObjectResponse;
			throw this.check.refuse(verdict);
		}
	}

	/**
	 * Return what the error of an attempt is worth.
	 * @param location the location that answered
	 * @param error what it answered
	 * @param failure what that means otherwise
	 * @param asked whether the location was asked for the version that was written last
	 * @return the same error, or what the caller gets in its place
	 */
	Throwable judge(Location location, Throwable error, Failure failure, boolean asked) {
		boolean answer = failure.kind() == FailureKind.EXPECTED || failure.kind() == FailureKind.ACCESS_DENIED;
		if (this.check.isRefusal(error) || !answer || !(error instanceof S3Exception exception)) {
			return error;
		}
		Verdict verdict = asked ? this.check.judgeSought(location.role(), exception)
				: this.check.judge(location.role(), exception);
		if (isServed(location, verdict)) {
			return error;
		}
		S3Exception refusal = this.check.refuse(verdict);
		refusal.addSuppressed(error);
		return refusal;
	}

	private boolean isServed(Location location, Verdict verdict) {
		if (verdict == Verdict.BURIED || verdict == Verdict.GONE) {
			this.buried = (verdict == Verdict.BURIED) ? location : null;
			return false;
		}
		tellBuried();
		if (verdict == Verdict.UNPROVEN && !this.acceptUnproven && canAskWriter()) {
			this.unproven = location;
			return false;
		}
		if (verdict == Verdict.UNPROVEN) {
			this.events.readUnproven(location.role());
		}
		return verdict != Verdict.STALE;
	}

	/**
	 * Tell that the last write is buried, now that the location was asked for it.
	 */
	private void tellBuried() {
		if (this.buried != null) {
			this.events.writeBuried(this.buried.role());
			this.buried = null;
		}
	}

	AnswerCheck check() {
		return this.check;
	}

	boolean isRefusal(Throwable error) {
		return this.check.isRefusal(error);
	}

	/**
	 * Return what a refusal means for the call.
	 * @param location where it was refused
	 * @param sent whether the request was sent
	 */
	Failure failure(Location location, boolean sent) {
		tellBuried();
		reconsider(location);
		boolean elsewhere = canAskWriter() || (this.check.isBuried() && canAskAnother());
		return new Failure(FailureKind.STALE, elsewhere, false,
				!sent ? Effect.NOT_SENT : this.copied ? Effect.UNKNOWN : Effect.REJECTED);
	}

	/**
	 * Ask the location once more that was refused before, if it has turned out since that
	 * it is the one that took the last write: another version was deleted for good.
	 */
	private void reconsider(Location refused) {
		Location earlier = this.refusedAt;
		this.refusedAt = refused;
		if (earlier != null && earlier != refused && !this.reconsidered && this.check.isOutdated()
				&& this.check.isWriter(earlier.role())) {
			this.reconsidered = true;
			this.walk.append(earlier);
		}
	}

	/**
	 * Return whether there is another location that is well. Where a write is buried, the
	 * other one may still have it.
	 */
	private boolean canAskAnother() {
		return this.walk.anyLeft(this.router::isWell);
	}

	/**
	 * Called when an attempt has failed. Once the writer has, an answer that nothing
	 * disproves is worth having after all.
	 * @param failure how it failed
	 */
	void failed(Failure failure) {
		if (this.unproven != null && failure.kind() != FailureKind.STALE && failure.canFailOver()) {
			this.walk.append(this.unproven);
			this.unproven = null;
			this.acceptUnproven = true;
		}
	}

	/**
	 * Return whether the location that took the last write is still to be asked, and
	 * well.
	 */
	private boolean canAskWriter() {
		return isWriterAmong(this.walk.left());
	}

	/**
	 * Ask the location that took the last write once more, before the call is refused, if
	 * it has failed in a way that may pass, and is well otherwise.
	 * @return whether it is asked
	 */
	boolean asksWriterAgain() {
		boolean asks = !this.askedAgain && isWriterAmong(this.walk.again());
		this.askedAgain |= asks;
		return asks;
	}

	/**
	 * Return whether the location that took the last write was asked once more.
	 */
	boolean hasAskedAgain() {
		return this.askedAgain;
	}

	private boolean isWriterAmong(List<Location> locations) {
		for (Location location : locations) {
			if (this.check.isWriter(location.role()) && this.router.isWell(location)) {
				return true;
			}
		}
		return false;
	}

	S3Request guarded(S3Request request, Location location) {
		return this.check.guarded(request, location.role());
	}

	/**
	 * Return what to ask a location before it is known what its answer is worth.
	 * @param location the location
	 * @param error what it answered
	 * @return the inquiry, or {@code null} for nothing
	 */
	@Nullable Inquiry inquiry(Location location, Throwable error) {
		ListObjectVersionsRequest question = this.check.whyAbsent(location.role(), error);
		return (question != null)
				? new AbsenceInquiry((ListObjectVersionsRequest) this.router.requestFor(question, location),
						(S3Exception) error, true)
				: null;
	}

	/**
	 * Take the versions of an object that this process has deleted, and that is there
	 * again.
	 * @param location the location that has it
	 * @param versions its versions
	 */
	void hear(LocationRole location, ListObjectVersionsResponse versions) {
		if (this.check.isUndeleted(location, versions)) {
			this.buried = null;
		}
	}

	/**
	 * Return what to ask a location before its answer counts.
	 * @param location the location
	 * @param error the error of the attempt
	 * @return the inquiry, or {@code null} for nothing
	 */
	@Nullable Inquiry question(Location location, Throwable error) {
		S3Request question = this.check.question(location.role(), error);
		if (question == null) {
			return null;
		}
		S3Request addressed = this.router.requestFor(question, location);
		return (addressed instanceof ListObjectVersionsRequest versions)
				? new UndeletionInquiry(versions, this, location.role(), error) : new Inquiry.Again(addressed, true);
	}

}
