/**
 * What clients report to the {@linkplain io.s3s3.health.TrafficDirector director}, and
 * what it asks of them. No API.
 */
@NullMarked
package io.s3s3.internal.health;

import org.jspecify.annotations.NullMarked;
