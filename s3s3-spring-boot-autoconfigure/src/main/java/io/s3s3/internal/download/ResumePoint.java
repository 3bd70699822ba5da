package io.s3s3.internal.download;

/**
 * A download that broke before its end. Immutable.
 *
 * @param object the bytes that it should have
 * @param position how many of them arrived
 * @param versionSuffices whether the rest may come from the same version with another
 * ETag
 * @param keptWaiting whether the reader kept the answer waiting for longer than the other
 * way round, in which case a location that gave up may still be well
 * @param cause what broke it
 */
public record ResumePoint(ObjectRange object, long position, boolean versionSuffices, boolean keptWaiting,
		Exception cause) {

}
