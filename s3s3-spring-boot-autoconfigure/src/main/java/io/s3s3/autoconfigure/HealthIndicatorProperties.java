package io.s3s3.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the health indicator.
 *
 * @param degradedStatus Health status while home is out and the other location serves. Up
 * by default.
 * @since 0.1.0
 */
@ConfigurationProperties(S3s3Properties.PREFIX + ".health")
public record HealthIndicatorProperties(@Nullable String degradedStatus) {

}
