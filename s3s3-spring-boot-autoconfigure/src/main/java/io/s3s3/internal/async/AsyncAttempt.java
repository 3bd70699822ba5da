package io.s3s3.internal.async;

import io.s3s3.internal.call.Step;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The call and the step that an attempt belongs to.
 *
 * @param call the call that it belongs to
 * @param driver the driver that makes it
 * @param start the step that asks for it
 */
record AsyncAttempt(AsyncCall call, AsyncDriver driver, Step.Start start) {

	/**
	 * Return the attempt while its location is asked something.
	 */
	AsyncAttempt asking(Step.Ask ask) {
		return new AsyncAttempt(this.call, this.driver, this.start.withOutcomeOf(ask));
	}

	int number() {
		return this.start.number();
	}

	Location location() {
		return this.start.location();
	}

	S3AsyncClient client() {
		return this.call.clients().get(location().role());
	}

	/**
	 * Return what receives the progress of the body, on a thread that may block.
	 */
	@Nullable ByteProgress progress() {
		ByteProgress progress = this.start.progress();
		return (progress != null) ? new OffLoopProgress(progress, this.call.workers(), this.call.context()) : null;
	}

}
