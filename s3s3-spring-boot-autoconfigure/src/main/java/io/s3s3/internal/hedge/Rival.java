package io.s3s3.internal.hedge;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.s3s3.location.Location;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A second request that goes to the other location. Thread-safe.
 *
 * @param location the other location
 * @param request creates the request as that location understands it
 * @param well tells whether it is well
 * @param proof decides whether a success is at least as new as what the first location
 * would have answered
 */
public record Rival(Location location, Supplier<S3Request> request, BooleanSupplier well,
		Predicate<SdkHttpResponse> proof) {

}
