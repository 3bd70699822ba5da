package io.s3s3.internal.call;

import io.s3s3.failure.FailedAttempt;
import io.s3s3.location.Location;

/**
 * An answer that had begun well and then broke.
 *
 * @param location where it came from
 * @param attempts how many attempts the call had made by then
 * @param started when the attempt that got it began, in nanoseconds
 * @param attempt the attempt, as one that failed
 * @param error what broke it
 */
public record BrokenAnswer(Location location, int attempts, long started, FailedAttempt attempt, Throwable error) {

}
