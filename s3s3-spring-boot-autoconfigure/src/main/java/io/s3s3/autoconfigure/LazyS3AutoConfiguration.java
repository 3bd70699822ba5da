package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that lets the S3 beans of Spring Cloud AWS wait until somebody asks
 * for them, so that an application with the starter starts without a region for them.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(S3AutoConfiguration.class)
public final class LazyS3AutoConfiguration {

	@Bean
	static LazyS3BeansPostProcessor s3s3LazyS3BeansPostProcessor() {
		return new LazyS3BeansPostProcessor();
	}

}
