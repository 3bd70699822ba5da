package io.s3s3.health;

/**
 * How a location came to be in its state.
 *
 * @param rules the rules of its states
 * @param since since when it has its status
 * @param reason why it has it
 * @param relapses how often it went out again without calm in between, or -1 if it never
 * went out
 */
record Entered(HealthRules rules, Timestamp since, StatusReason reason, int relapses) {

}
