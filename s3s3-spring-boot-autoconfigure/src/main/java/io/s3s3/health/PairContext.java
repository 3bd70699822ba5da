package io.s3s3.health;

/**
 * What the state of a location depends on besides its own observations.
 *
 * @param home whether it is home
 * @param otherWell whether the other location is well
 * @param probing whether probes are running
 */
record PairContext(boolean home, boolean otherWell, boolean probing) {

}
