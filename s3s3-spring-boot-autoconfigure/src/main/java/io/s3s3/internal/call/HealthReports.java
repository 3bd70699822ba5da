package io.s3s3.internal.call;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.health.Attempt;
import io.s3s3.internal.text.ErrorCode;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Reports the attempts of one call to the health of their locations. A failure that may
 * be due to the object or the request waits until it is known whether another location
 * did better: if all failed alike, it says nothing about a location and is not reported.
 * Not thread-safe.
 */
final class HealthReports {

	private final TrafficDirector director;

	private final S3Request request;

	/** Failures that may be due to the location. Created with the first one. */
	private List<Suspicion> suspicions = List.of();

	/** Whether a location failed in a way that only a location can. */
	private boolean outage;

	/** Whether a location has answered that the request itself is wrong. */
	private boolean refused;

	HealthReports(TrafficDirector director, S3Request request) {
		this.director = director;
		this.request = request;
	}

	void succeeded(AttemptInFlight attempt, long now) {
		this.director.succeeded(new Attempt(attempt.first().role(), attempt.started(), attempt.duration(now), subject(),
				attempt.wasOvertaken()));
	}

	void failed(FailedAttempt failed, long started, Throwable error) {
		Failure failure = failed.failure();
		this.refused |= failure.kind() == FailureKind.REQUEST && error instanceof SdkServiceException;
		if (failure.kind() == FailureKind.EXPECTED || failure.kind() == FailureKind.STALE) {
			this.director.succeeded(attempt(failed, started, subject()));
		}
		else if (failure.kind() == FailureKind.THROTTLED) {
			this.director.throttled(attempt(failed, started, null), failure.kind().tag());
		}
		else if (failure.countsAgainstLocation()) {
			// The answer may be that the caller was too slow.
			if (failure.kind().speaksOfLocationOnly() && !(error instanceof SdkServiceException)) {
				this.outage = true;
				this.director.failed(attempt(failed, started, null), failure.kind().tag());
			}
			else {
				suspect(failed, started, error);
			}
		}
	}

	/**
	 * Report the failure of an answer that had begun, which may be due to the object, or
	 * to how its reader reads.
	 */
	void brokeMidway(FailedAttempt failed, long started, Throwable error) {
		if (failed.failure().countsAgainstLocation()) {
			suspect(failed, started, error);
		}
	}

	/**
	 * Called when the call was served, so that earlier failures are due to their
	 * locations.
	 */
	void served() {
		if (!this.suspicions.isEmpty()) {
			this.suspicions
				.forEach((suspicion) -> this.director.failed(suspicion.attempt(), suspicion.cause().kind().tag()));
			this.suspicions = List.of();
		}
	}

	/**
	 * Called when no location served the call. A server that refuses a request before it
	 * has read all of it hangs up, and its answer is sometimes lost.
	 */
	void failedEverywhere() {
		if (this.refused) {
			this.suspicions = this.suspicions.stream()
				.filter((suspicion) -> suspicion.cause().kind() != FailureKind.RESET)
				.toList();
		}
		if (!failedAlike()) {
			served();
		}
	}

	private boolean failedAlike() {
		Set<LocationRole> locations = EnumSet.noneOf(LocationRole.class);
		Set<Cause> causes = new HashSet<>();
		for (Suspicion suspicion : this.suspicions) {
			locations.add(suspicion.attempt().location());
			causes.add(suspicion.cause());
		}
		return !this.outage && locations.size() > 1 && causes.size() == 1;
	}

	private void suspect(FailedAttempt failed, long started, Throwable error) {
		if (this.suspicions.isEmpty()) {
			this.suspicions = new ArrayList<>(2);
		}
		this.suspicions
			.add(new Suspicion(attempt(failed, started, subject()), Cause.of(failed.failure().kind(), error)));
	}

	private String subject() {
		return Subject.of(this.request);
	}

	private static Attempt attempt(FailedAttempt failed, long started, @Nullable String subject) {
		return new Attempt(failed.location(), started, failed.duration(), subject);
	}

	/**
	 * A failure that may not be due to the location.
	 */
	private record Suspicion(Attempt attempt, Cause cause) {

	}

	/**
	 * What makes two failures alike.
	 */
	private record Cause(FailureKind kind, int status, @Nullable String code) {

		static Cause of(FailureKind kind, Throwable error) {
			int status = (error instanceof SdkServiceException answer) ? answer.statusCode() : 0;
			return new Cause(kind, status, ErrorCode.of(error));
		}

	}

}
