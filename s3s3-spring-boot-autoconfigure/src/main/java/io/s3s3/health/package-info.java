/**
 * Tells Spring Boot whether the locations serve. Start with
 * {@link io.s3s3.health.FailoverHealthIndicator}.
 */
@NullMarked
package io.s3s3.health;

import org.jspecify.annotations.NullMarked;
