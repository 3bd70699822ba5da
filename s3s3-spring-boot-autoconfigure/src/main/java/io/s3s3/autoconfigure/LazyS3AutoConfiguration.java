package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Auto-configuration that makes the S3 beans of Spring Cloud AWS lazy, so that an
 * application with the starter starts without a region for them. It comes before all
 * others, so that the clients of the application can be told from those of
 * auto-configurations.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnClass(S3AutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "s3s3.enabled", matchIfMissing = true)
@Import(ApplicationClients.Registrar.class)
public final class LazyS3AutoConfiguration {

	@Bean
	static LazyS3BeansPostProcessor s3s3LazyS3BeansPostProcessor() {
		return new LazyS3BeansPostProcessor();
	}

}
