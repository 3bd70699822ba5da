package io.s3s3;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.Expectation;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.Operation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One fault in the course of one operation.
 */
final class FaultMatrixCell {

	private final Fault fault;

	final Operation operation;

	private final Expectation expectation;

	private @Nullable ErrorReceived firstError;

	private int failovers;

	private int completions;

	FaultMatrixCell(Fault fault, Operation operation) {
		this.fault = fault;
		this.operation = operation;
		this.expectation = operation.expectationOf(fault);
	}

	String name() {
		return this.fault + " x " + this.operation;
	}

	void note(RequestEvent event) {
		if (event instanceof ErrorReceived error && this.firstError == null) {
			this.firstError = error;
		}
		if (event instanceof RequestFailedOver over) {
			this.failovers++;
			assertThat(over.getEffect()).as(name()).isEqualTo(this.expectation.effect());
		}
		this.completions += (event instanceof RequestCompleted) ? 1 : 0;
	}

	void check(@Nullable Throwable error) {
		assertThat(this.completions).as(name()).isEqualTo(1);
		if (!this.operation.isBrokenBy(this.fault)) {
			assertThat(error).as(name()).isNull();
			assertThat(this.firstError).as(name()).isNull();
			return;
		}
		if (this.fault == Fault.CHECKSUM_IS_WRONG && this.operation == Operation.GET_STREAM) {
			// All of it was given away before that could be known.
			assertThat(error).as(name()).isInstanceOf(IOException.class);
			return;
		}
		ErrorReceived first = this.firstError;
		assertThat(first).as("%s: %s", name(), error).isNotNull();
		checkFirstAttempt(first);
		boolean cured = (this.expectation.curable() || this.operation.isUnknownBy(this.fault))
				&& this.operation.mayGoElsewhere();
		assertThat(this.failovers).as(name()).isEqualTo(cured ? 1 : 0);
		if (cured) {
			assertThat(error).as(name()).isNull();
		}
		else {
			// The SDK gives the error of a document that does not come as it is.
			assertThat(error).as(name()).isInstanceOfAny(SdkException.class, UncheckedIOException.class);
			assertThat(FailoverTrace.of(error).isPresent()).as(name()).isEqualTo(this.expectation.curable());
			FailoverTrace.of(error)
				.ifPresent((trace) -> assertThat(trace.attempts().get(0).failure()).as(name())
					.isEqualTo(first.getFailure()));
		}
	}

	private void checkFirstAttempt(ErrorReceived first) {
		assertThat(first.getFailure().kind()).as(name()).isEqualTo(this.expectation.kind());
		assertThat(first.getFailure().countsAgainstLocation()).as(name()).isEqualTo(this.expectation.counts());
		assertThat(first.getFailure().effect()).as(name()).isEqualTo(this.expectation.effect());
		if (first.getError() instanceof SdkException thrown) {
			assertThat(thrown.numAttempts()).as(name()).isIn(null, this.expectation.tries());
		}
	}

	String outcome(@Nullable Throwable error) {
		if (error != null) {
			return error.getClass().getSimpleName();
		}
		return (this.failovers > 0) ? "secondary" : "primary";
	}

}
