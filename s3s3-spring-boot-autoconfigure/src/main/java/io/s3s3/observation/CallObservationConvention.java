package io.s3s3.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.s3s3.location.LocationRole;
import io.s3s3.observation.FailoverObservationDocumentation.Keys;

/**
 * How calls are observed. A bean of this type replaces the default: what it does not
 * override stays as it is.
 *
 * @since 0.1.0
 */
public interface CallObservationConvention extends ObservationConvention<CallObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof CallObservationContext;
	}

	@Override
	default String getName() {
		return "s3s3.call";
	}

	@Override
	default String getContextualName(CallObservationContext context) {
		return "s3s3 " + context.getCall().operation();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
		LocationRole location = context.getLocation();
		return KeyValues.of(Keys.OPERATION.withValue(context.getCall().operation()),
				Keys.LOCATION.withValue((location != null) ? location.tag() : Keys.NOT_YET),
				Keys.RESULT.withValue((location != null) ? Keys.resultOf(context.getFailure()) : Keys.NOT_YET));
	}

}
