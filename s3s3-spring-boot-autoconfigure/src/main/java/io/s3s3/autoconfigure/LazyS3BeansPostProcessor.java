package io.s3s3.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Lets the S3 beans of Spring Cloud AWS wait until somebody asks for them. They look for
 * a region when they are made and would fail the start of an application that configured
 * only the two locations.
 */
final class LazyS3BeansPostProcessor implements BeanFactoryPostProcessor {

	private static final String S3_CONFIGURATIONS = "io.awspring.cloud.autoconfigure.s3.";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = beanFactory.getBeanDefinition(name);
			String factory = definition.getFactoryBeanName();
			if (factory != null && factory.startsWith(S3_CONFIGURATIONS)) {
				definition.setLazyInit(true);
			}
		}
	}

}
