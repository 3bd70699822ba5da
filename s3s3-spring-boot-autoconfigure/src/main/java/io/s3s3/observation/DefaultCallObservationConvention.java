package io.s3s3.observation;

import io.micrometer.common.KeyValues;
import io.s3s3.failure.Failure;
import io.s3s3.location.LocationRole;
import io.s3s3.observation.FailoverObservationDocumentation.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The {@link CallObservationConvention} of s3s3. Stateless.
 *
 * @since 0.1.0
 */
public class DefaultCallObservationConvention implements CallObservationConvention {

	private static final String NAME = "s3s3.call";

	private static final String NOT_YET = "none";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(CallObservationContext context) {
		return "s3s3 " + context.getCall().operation();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
		LocationRole location = context.getLocation();
		return KeyValues.of(Keys.OPERATION.withValue(context.getCall().operation()),
				Keys.LOCATION.withValue((location != null) ? location.tag() : NOT_YET),
				Keys.RESULT.withValue((location != null) ? resultOf(context.getFailure()) : NOT_YET));
	}

	static String resultOf(@Nullable Failure failure) {
		return (failure != null) ? failure.kind().tag() : "success";
	}

}
