package io.s3s3.sample.web;

import org.jspecify.annotations.Nullable;

/**
 * One of the two locations.
 *
 * @param role {@code primary} or {@code secondary}
 * @param bucket its bucket
 * @param endpoint where it is reached, or {@code AWS}
 * @param state the state of the gate in front of it in lower case, or {@code null} if it
 * has no gate
 * @param health its status according to s3s3, such as {@code up} or {@code out}
 * @param first whether calls go there first
 */
record LocationStatus(String role, String bucket, String endpoint, @Nullable String state, String health,
		boolean first) {

}
