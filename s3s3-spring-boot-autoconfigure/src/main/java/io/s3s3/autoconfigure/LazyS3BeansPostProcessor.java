package io.s3s3.autoconfigure;

import io.awspring.cloud.s3.S3ProtocolResolver;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Makes the S3 beans of Spring Cloud AWS lazy. They look for a region when they are
 * created, which would fail the startup of an application that configured only the two
 * locations, or nothing at all. The {@code s3://} resolver of Spring Cloud AWS asks for
 * them at any resource, such as the welcome page, and is replaced by one that does not.
 */
final class LazyS3BeansPostProcessor implements BeanDefinitionRegistryPostProcessor {

	private static final String S3_CONFIGURATIONS = "io.awspring.cloud.autoconfigure.s3.";

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(name);
			String factory = definition.getFactoryBeanName();
			if (factory != null && factory.startsWith(S3_CONFIGURATIONS)) {
				definition.setLazyInit(true);
			}
			if (S3ProtocolResolver.class.getName().equals(definition.getBeanClassName())) {
				definition.setBeanClassName(LazyS3ProtocolResolver.class.getName());
			}
		}
	}

}
