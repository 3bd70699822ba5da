package io.s3s3.internal.call;

import java.util.Objects;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.io.AbandonedException;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all calls of a client share. Thread-safe.
 *
 * @param router decides which locations serve a call
 * @param classifier decides what an error means
 * @param director receives the outcome of each attempt
 * @param repeats decides what is sent more than once
 * @param uploads takes care of uploads that were given up
 */
public record CallServices(Router router, FailureClassifier classifier, TrafficDirector director, Repeats repeats,
		IncompleteUploads uploads) {

	private static final Logger logger = LoggerFactory.getLogger(CallServices.class);

	/** Judges what a classifier of the application need not know. */
	private static final FailureClassifier OWN = FailureClassifier.of(false);

	/**
	 * Return the same services with another router.
	 * @param router the router
	 * @return the services
	 */
	public CallServices with(Router router) {
		return new CallServices(router, this.classifier, this.director, this.repeats, this.uploads);
	}

	/**
	 * Return the same services for calls whose reads are hedged.
	 * @return the services
	 */
	public CallServices hedging() {
		return new CallServices(this.router, this.classifier, this.director, this.repeats.hedging(), this.uploads);
	}

	/**
	 * Return what decides whether a call goes along its route once more.
	 */
	RetryRounds rounds() {
		return this.repeats.rounds();
	}

	/**
	 * Classify an error. A failure of the application's classifier must not hide it.
	 * @param error the error
	 * @return what it means
	 */
	public Failure classify(Throwable error) {
		try {
			FailureClassifier classifier = AbandonedException.isBehind(error) ? OWN : this.classifier;
			return Objects.requireNonNull(classifier.classify(error));
		}
		catch (RuntimeException | AssertionError | LinkageError ex) {
			logger.warn("The failure classifier failed; the call does not fail over", ex);
			return Failure.ofCaller(FailureKind.UNEXPECTED, Effect.UNKNOWN);
		}
	}

}
