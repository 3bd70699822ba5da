package io.s3s3.internal.call;

import io.s3s3.internal.route.Router;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides what the locations of a call are asked before their outcomes can be judged, and
 * what the requests of its attempts carry so that the answers can be. Not thread-safe.
 */
final class Questions {

	private final CallScope scope;

	private final CallKind kind;

	/** {@code null} if no answer can be stale. */
	private final @Nullable ReadGuard guard;

	/** {@code null} if the object is not marked. */
	private final @Nullable ConditionalNonce nonce;

	private final Agenda agenda;

	/** What the location of the current attempt is being asked, if anything. */
	private @Nullable Inquiry asked;

	Questions(CallScope scope, CallKind kind, @Nullable ReadGuard guard, Agenda agenda) {
		this.scope = scope;
		this.kind = kind;
		this.guard = guard;
		this.nonce = ConditionalNonce.of(scope);
		this.agenda = agenda;
	}

	/**
	 * Return the request of an attempt.
	 * @param location where it is sent
	 */
	S3Request request(Location location) {
		Router router = this.scope.services().router();
		S3Request addressed = router.requestFor(this.scope.call().request(), location);
		S3Request guarded = (this.guard != null) ? this.guard.guarded(addressed, location) : addressed;
		return (this.nonce != null) ? this.nonce.mark(guarded) : guarded;
	}

	/**
	 * Take the question that an outcome answers.
	 * @return the question, or {@code null} if nothing was asked
	 */
	@Nullable Inquiry take() {
		Inquiry taken = this.asked;
		this.asked = null;
		return taken;
	}

	/**
	 * Ask what must be known before an error can be judged.
	 * @return whether there is anything to ask
	 */
	boolean askFirst(AttemptInFlight attempt, Throwable error, long now) {
		return this.guard != null && ask(attempt, this.guard.inquiry(attempt.location(), error), now);
	}

	/**
	 * Ask what may turn an error into an answer, or reveals more about it.
	 * @param earlier whether an earlier attempt may have taken effect
	 * @return whether there is anything to ask
	 */
	boolean ask(AttemptInFlight attempt, Throwable error, boolean earlier, long now) {
		return ask(attempt, inquiry(attempt.location(), error, earlier), now);
	}

	private @Nullable Inquiry inquiry(Location location, Throwable error, boolean earlier) {
		S3Request question = this.kind.question(error);
		if (question != null) {
			return new Inquiry.Again(question, false);
		}
		Inquiry inquiry = (this.guard != null) ? this.guard.question(location, error) : null;
		if (inquiry != null) {
			return inquiry;
		}
		return (this.nonce != null) ? this.nonce.inquiry(location, error, earlier)
				: AbsenceInquiry.of(this.scope, location, error);
	}

	private boolean ask(AttemptInFlight attempt, @Nullable Inquiry question, long now) {
		this.asked = question;
		if (question != null) {
			this.agenda.ask(attempt, this.scope.deadline().limited(question.request(), now), question.isPreliminary());
		}
		return question != null;
	}

}
