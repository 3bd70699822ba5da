package io.s3s3.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Decides which {@link S3Client} and which {@link S3AsyncClient} is injected where any
 * will do: that of the application if it defined one, otherwise the failover client,
 * however many others come with libraries. An application that has several and prefers
 * none must qualify its injection points.
 */
final class S3ClientPrecedence implements BeanFactoryPostProcessor, PriorityOrdered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		if (AotDetector.useGeneratedArtifacts()) {
			return;
		}
		ApplicationClients.LOCATION_BEANS.stream()
			.filter(beans::containsBeanDefinition)
			.map(beans::getBeanDefinition)
			.forEach(S3ClientPrecedence::reserve);
		decide(ApplicationClients.BLOCKING, beans);
		decide(ApplicationClients.ASYNCHRONOUS, beans);
	}

	private static void decide(ApplicationClients clients, ConfigurableListableBeanFactory beans) {
		String winner = clients.names(beans).isEmpty() ? failoverClient(clients, beans) : clients.winner(beans);
		if (winner != null && beans.containsBeanDefinition(winner)) {
			prefer(winner, clients, beans);
		}
	}

	// The client and the presigner of a location are only for injection by name.
	private static void reserve(BeanDefinition definition) {
		definition.setFallback(true);
		if (definition instanceof AbstractBeanDefinition bean) {
			bean.setDefaultCandidate(false);
		}
	}

	// Not marked as a fallback, since a bean without a definition is not one either.
	private static void prefer(String winner, ApplicationClients clients, ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanNamesForType(clients.type(), true, false)) {
			if (beans.containsBeanDefinition(name)) {
				beans.getBeanDefinition(name).setPrimary(name.equals(winner));
			}
		}
		beans.getBeanDefinition(winner).setFallback(false);
	}

	private static @Nullable String failoverClient(ApplicationClients clients, ConfigurableListableBeanFactory beans) {
		List<String> names = List.of(beans.getBeanNamesForType(clients.failoverType(), true, false));
		return (names.size() == 1) ? names.get(0) : null;
	}

}
