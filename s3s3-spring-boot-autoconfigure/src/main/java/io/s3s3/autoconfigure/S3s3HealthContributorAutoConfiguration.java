package io.s3s3.autoconfigure;

import io.s3s3.health.FailoverControl;
import io.s3s3.internal.actuate.FailoverHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for the health indicator of s3s3, if Spring Boot's health module is
 * present.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = S3s3AutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("s3s3")
@ConditionalOnBean(FailoverControl.class)
@EnableConfigurationProperties(HealthIndicatorProperties.class)
public final class S3s3HealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "s3s3HealthIndicator", "s3s3HealthContributor" })
	HealthContributor s3s3HealthContributor(FailoverControl control, HealthIndicatorProperties properties) {
		String degraded = properties.degradedStatus();
		return new FailoverHealthIndicator(control, StringUtils.hasText(degraded) ? new Status(degraded) : null);
	}

}
