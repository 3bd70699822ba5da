package io.s3s3.health;

/**
 * How a location came to the state that it is in.
 *
 * @param rules what its states are made by
 * @param since since when it has its status
 * @param reason why it has it
 * @param relapses how often it went out again without calm in between, -1 if not even
 * once
 */
record Entered(HealthRules rules, Timestamp since, StatusReason reason, int relapses) {

}
