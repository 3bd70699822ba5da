package io.s3s3.internal.call;

import java.util.function.BooleanSupplier;

import io.s3s3.internal.hedge.Hedge;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A request as it goes to a location.
 *
 * @param request the request, limited to the time left
 * @param patient whether no other location is likely to serve the call, so that this one
 * gets more time to begin its answer
 * @param inVain tells whether waiting any longer is pointless; called by any thread
 * @param hedge the permission to send it a second time if its answer is late, or
 * {@code null} if there is none
 */
public record SendableRequest(S3Request request, boolean patient, BooleanSupplier inVain, @Nullable Hedge hedge) {

}
