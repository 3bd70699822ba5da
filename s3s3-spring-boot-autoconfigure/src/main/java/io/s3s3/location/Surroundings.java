package io.s3s3.location;

/**
 * What a location must know of the world beside it to decide what becomes of it.
 *
 * @param home whether it is home
 * @param otherWell whether the other location is well
 * @param probing whether somebody probes
 */
record Surroundings(boolean home, boolean otherWell, boolean probing) {

}
