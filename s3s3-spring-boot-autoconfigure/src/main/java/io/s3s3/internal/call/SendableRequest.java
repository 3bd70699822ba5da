package io.s3s3.internal.call;

import java.util.function.BooleanSupplier;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A request as it goes to a location.
 *
 * @param request the request, limited to the time that is left
 * @param patient whether nobody else is likely to serve the call, so that the location
 * gets more time to begin its answer
 * @param inVain tells whether to wait any longer is in vain; asked by any thread
 */
public record SendableRequest(S3Request request, boolean patient, BooleanSupplier inVain) {

}
