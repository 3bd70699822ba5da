package io.s3s3.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.s3s3.observation.FailoverObservationDocumentation.AttemptDetailKeys;
import io.s3s3.observation.FailoverObservationDocumentation.Keys;

/**
 * How attempts are observed. A bean of this type replaces the default: what it does not
 * override stays as it is.
 *
 * @since 0.1.0
 */
public interface AttemptObservationConvention extends ObservationConvention<AttemptObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AttemptObservationContext;
	}

	@Override
	default String getName() {
		return "s3s3.attempt";
	}

	@Override
	default String getContextualName(AttemptObservationContext context) {
		return context.getCall().operation() + " at " + context.getLocation().tag();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		return KeyValues.of(Keys.OPERATION.withValue(context.getCall().operation()),
				Keys.LOCATION.withValue(context.getLocation().tag()),
				Keys.RESULT.withValue(context.isEnded() ? Keys.resultOf(context.getFailure()) : Keys.NOT_YET));
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
		return KeyValues.of(AttemptDetailKeys.ATTEMPT.withValue(Integer.toString(context.getAttempt())));
	}

}
