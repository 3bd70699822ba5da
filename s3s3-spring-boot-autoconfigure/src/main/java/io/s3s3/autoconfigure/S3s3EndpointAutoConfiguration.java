package io.s3s3.autoconfigure;

import io.s3s3.health.FailoverControl;
import io.s3s3.internal.actuate.FailoverEndpoint;
import io.s3s3.internal.actuate.FailoverEndpointWebExtension;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the Actuator endpoint of s3s3, if the Actuator is present and
 * the endpoint is exposed.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = S3s3AutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(FailoverEndpoint.class)
@ConditionalOnBean(FailoverControl.class)
public final class S3s3EndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailoverEndpoint failoverEndpoint(FailoverControl control) {
		return new FailoverEndpoint(control);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FailoverEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	FailoverEndpointWebExtension failoverEndpointWebExtension(FailoverEndpoint endpoint) {
		return new FailoverEndpointWebExtension(endpoint);
	}

}
