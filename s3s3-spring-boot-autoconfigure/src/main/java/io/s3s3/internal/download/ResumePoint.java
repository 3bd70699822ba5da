package io.s3s3.internal.download;

/**
 * A download that broke before its end. Immutable.
 *
 * @param object the bytes that it was to bring
 * @param position how many of them it brought
 * @param versionSuffices whether the rest may come from the same version with another
 * ETag
 * @param keptWaiting whether its reader let the answer wait for longer than the answer
 * let its reader: then a location that gave up may be well
 * @param cause what broke it
 */
public record ResumePoint(ObjectRange object, long position, boolean versionSuffices, boolean keptWaiting,
		Exception cause) {

}
