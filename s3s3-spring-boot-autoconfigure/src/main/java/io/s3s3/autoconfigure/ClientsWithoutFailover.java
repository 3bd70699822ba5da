package io.s3s3.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.s3s3.FailoverS3AsyncClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Says in one line at start which S3 beans do not fail over, so that nobody counts on it.
 */
final class ClientsWithoutFailover implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ClientsWithoutFailover.class);

	private static final String TRANSFER_MANAGER = "software.amazon.awssdk.transfer.s3.S3TransferManager";

	private final ConfigurableListableBeanFactory beans;

	ClientsWithoutFailover(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> found = new ArrayList<>();
		String winner = ApplicationClients.winner(this.beans);
		for (String name : ApplicationClients.names(this.beans)) {
			found.add("S3Client '" + name + "'"
					+ (name.equals(winner) ? " and what takes it, such as S3Template and s3:// resources" : ""));
		}
		boolean asynchronous = add(S3AsyncClient.class, this::isOurs, found);
		ClassLoader classLoader = this.beans.getBeanClassLoader();
		if (ClassUtils.isPresent(TRANSFER_MANAGER, classLoader)) {
			add(ClassUtils.resolveClassName(TRANSFER_MANAGER, classLoader),
					(name) -> !asynchronous && isOfSpringCloudAws(name), found);
		}
		if (!found.isEmpty()) {
			logger.warn("These do not fail over: {}. FailoverS3Template and FailoverS3Client do",
					String.join("; ", found));
		}
	}

	private boolean add(Class<?> type, Predicate<String> failsOver, List<String> found) {
		boolean any = false;
		for (String name : this.beans.getBeanNamesForType(type, true, false)) {
			if (!failsOver.test(name)) {
				any = true;
				found.add(ClassUtils.getShortName(type) + " '" + name + "'");
			}
		}
		return any;
	}

	private boolean isOurs(String name) {
		Class<?> type = this.beans.getType(name, false);
		return ApplicationClients.LOCATION_BEANS.contains(name)
				|| (type != null && FailoverS3AsyncClient.class.isAssignableFrom(type));
	}

	/**
	 * Return whether a bean takes the asynchronous client that there is.
	 */
	private boolean isOfSpringCloudAws(String name) {
		String configuration = this.beans.containsBeanDefinition(name)
				? this.beans.getBeanDefinition(name).getFactoryBeanName() : null;
		return configuration != null && configuration.startsWith(ApplicationClients.SPRING_CLOUD_AWS);
	}

}
