package io.s3s3.health;

/**
 * What a location must know of the world beside it to decide what becomes of it.
 *
 * @param home whether it is home
 * @param otherWell whether the other location is well
 * @param probing whether somebody probes
 */
record PairContext(boolean home, boolean otherWell, boolean probing) {

}
