package io.s3s3.internal.blocking;

import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.call.Step;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The call and the step that an attempt belongs to.
 *
 * @param call the call that it belongs to
 * @param execution the execution that the step comes from
 * @param start the step that requests the attempt
 */
record AttemptContext(BlockingCall call, CallExecution execution, Step.Start start) {

	/**
	 * Return the context of an auxiliary request of the attempt.
	 */
	AttemptContext asking(Step.Ask ask) {
		return new AttemptContext(this.call, this.execution, this.start.withOutcomeOf(ask));
	}

	Location location() {
		return this.start.location();
	}

	S3Client client() {
		return this.start.location().client();
	}

	@Nullable ByteProgress progress() {
		return this.start.progress();
	}

}
