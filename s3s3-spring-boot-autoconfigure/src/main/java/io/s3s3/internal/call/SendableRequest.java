package io.s3s3.internal.call;

import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A request as it goes to a location.
 *
 * @param request the request, limited to the time that is left
 * @param patient whether nobody else is likely to serve the call, so that the location
 * gets more time to begin its answer
 */
public record SendableRequest(S3Request request, boolean patient) {

}
