package io.s3s3.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;

/**
 * Tells the {@link S3Client} or {@link S3AsyncClient} beans that the application defined
 * from those that came with a library: an auto-configuration defines them later than the
 * application, and what {@code spring.config.import} brings is a singleton without a
 * definition. The clients of the locations, and those that fail over, count as neither.
 */
final class ApplicationClients {

	/** Blocking clients. */
	static final ApplicationClients BLOCKING = new ApplicationClients(S3Client.class, FailoverS3Client.class);

	/** Asynchronous clients. */
	static final ApplicationClients ASYNCHRONOUS = new ApplicationClients(S3AsyncClient.class,
			FailoverS3AsyncClient.class);

	/** Beans that are recognized by their names alone, whoever defined them. */
	static final Set<String> LOCATION_BEANS = Set.of("primaryS3Client", "secondaryS3Client", "primaryS3AsyncClient",
			"secondaryS3AsyncClient", "primaryS3Presigner", "secondaryS3Presigner");

	/** Set on the definition of a client that precedes all auto-configurations. */
	private static final String MARK = ApplicationClients.class.getName();

	static final String SPRING_CLOUD_AWS = "io.awspring.cloud.autoconfigure.";

	private final Class<?> type;

	private final Class<?> failoverType;

	private ApplicationClients(Class<?> type, Class<?> failoverType) {
		this.type = type;
		this.failoverType = failoverType;
	}

	/**
	 * Return the type of the clients.
	 */
	Class<?> type() {
		return this.type;
	}

	/**
	 * Return the type of the clients among them that fail over.
	 */
	Class<?> failoverType() {
		return this.failoverType;
	}

	/**
	 * Return the clients that the application defined and that are candidates for
	 * injection.
	 * @param beans the bean factory, whose ancestors are searched too
	 * @return the names in the nearest context that has any, possibly none
	 */
	List<String> names(ConfigurableListableBeanFactory beans) {
		List<String> names = clients(beans).filter((name) -> isOfApplication(beans.getBeanDefinition(name))).toList();
		return (names.isEmpty() && beans.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent)
				? namesAbove(parent) : names;
	}

	/**
	 * Return the client of the application that is injected where any client will do.
	 * @param beans the bean factory, whose ancestors are searched too
	 * @return its name, or {@code null} if there is none, or several of equal rank
	 */
	@Nullable String winner(ConfigurableListableBeanFactory beans) {
		List<String> names = names(beans);
		List<String> primary = names.stream()
			.filter((name) -> beans.getMergedBeanDefinition(name).isPrimary())
			.toList();
		List<String> first = !primary.isEmpty() ? primary
				: names.stream().filter((name) -> !beans.getMergedBeanDefinition(name).isFallback()).toList();
		List<String> winners = first.isEmpty() ? names : first;
		return (winners.size() == 1) ? winners.get(0) : null;
	}

	// No mark is set in a context without auto-configuration.
	private List<String> namesAbove(ConfigurableListableBeanFactory beans) {
		List<String> names = clients(beans).filter((name) -> !isOfSpringCloudAws(beans.getBeanDefinition(name)))
			.toList();
		return (names.isEmpty() && beans.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent)
				? namesAbove(parent) : names;
	}

	private Stream<String> clients(ConfigurableListableBeanFactory beans) {
		return Stream.of(beans.getBeanNamesForType(this.type, true, false))
			.filter((name) -> beans.containsBeanDefinition(name) && !LOCATION_BEANS.contains(name))
			.filter((name) -> isCandidate(beans.getBeanDefinition(name)))
			.filter((name) -> !isFailoverClient(beans.getType(name, false)));
	}

	private static boolean isCandidate(BeanDefinition definition) {
		return definition.isAutowireCandidate()
				&& !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate());
	}

	private boolean isFailoverClient(@Nullable Class<?> type) {
		return type != null && this.failoverType.isAssignableFrom(type);
	}

	// Definitions that were generated ahead of time carry no mark, but what was decided.
	private static boolean isOfApplication(BeanDefinition definition) {
		return AotDetector.useGeneratedArtifacts() ? definition.isPrimary() : isMarked(definition);
	}

	// What a post-processor of the application registers comes too late for the mark, but
	// it has no factory method either.
	private static boolean isMarked(BeanDefinition definition) {
		return definition.hasAttribute(MARK) || definition.getFactoryMethodName() == null;
	}

	private static boolean isOfSpringCloudAws(BeanDefinition definition) {
		String configuration = definition.getFactoryBeanName();
		return configuration != null && configuration.startsWith(SPRING_CLOUD_AWS);
	}

	/**
	 * Marks the clients that are defined so far.
	 */
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importer, BeanDefinitionRegistry registry) {
			Assert.isInstanceOf(ConfigurableListableBeanFactory.class, registry);
			ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
			for (ApplicationClients each : List.of(BLOCKING, ASYNCHRONOUS)) {
				each.clients(beans).forEach((name) -> beans.getBeanDefinition(name).setAttribute(MARK, true));
			}
		}

	}

}
