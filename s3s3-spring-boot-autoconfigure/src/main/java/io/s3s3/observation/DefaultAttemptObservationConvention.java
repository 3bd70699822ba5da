package io.s3s3.observation;

import io.micrometer.common.KeyValues;
import io.s3s3.observation.FailoverObservationDocumentation.AttemptDetailKeys;
import io.s3s3.observation.FailoverObservationDocumentation.Keys;

/**
 * The {@link AttemptObservationConvention} of s3s3. Stateless.
 *
 * @since 0.1.0
 */
public class DefaultAttemptObservationConvention implements AttemptObservationConvention {

	private static final String NAME = "s3s3.attempt";

	private static final String NOT_YET = "none";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AttemptObservationContext context) {
		return context.getCall().operation() + " at " + context.getLocation().tag();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		return KeyValues.of(Keys.OPERATION.withValue(context.getCall().operation()),
				Keys.LOCATION.withValue(context.getLocation().tag()), Keys.RESULT.withValue(
						context.isEnded() ? DefaultCallObservationConvention.resultOf(context.getFailure()) : NOT_YET));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
		return KeyValues.of(AttemptDetailKeys.ATTEMPT.withValue(Integer.toString(context.getAttempt())));
	}

}
