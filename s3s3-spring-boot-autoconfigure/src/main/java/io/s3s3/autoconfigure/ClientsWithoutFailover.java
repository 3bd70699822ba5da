package io.s3s3.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Logs one line at startup that names the S3 beans that do not fail over, so that nobody
 * relies on them to.
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
		addClients(ApplicationClients.BLOCKING, "S3Template and s3:// resources", found);
		addClients(ApplicationClients.ASYNCHRONOUS, "S3TransferManager", found);
		addTransferManagers(found);
		if (!found.isEmpty()) {
			logger.warn("These do not fail over: {}. FailoverS3Template, FailoverS3Client and their asynchronous "
					+ "forms do", String.join("; ", found));
		}
	}

	private void addClients(ApplicationClients clients, String others, List<String> found) {
		String winner = clients.winner(this.beans);
		for (String name : clients.names(this.beans)) {
			found.add(ClassUtils.getShortName(clients.type()) + " '" + name + "'"
					+ (name.equals(winner) ? " and what takes it, such as " + others : ""));
		}
	}

	/**
	 * Add the transfer managers that do not come from an auto-configuration, which uses
	 * whatever client there is.
	 */
	private void addTransferManagers(List<String> found) {
		ClassLoader classLoader = this.beans.getBeanClassLoader();
		if (ClassUtils.isPresent(TRANSFER_MANAGER, classLoader)) {
			Class<?> type = ClassUtils.resolveClassName(TRANSFER_MANAGER, classLoader);
			for (String name : this.beans.getBeanNamesForType(type, true, false)) {
				if (!isAutoConfigured(name)) {
					found.add("S3TransferManager '" + name + "', unless it was made with the FailoverS3AsyncClient");
				}
			}
		}
	}

	private boolean isAutoConfigured(String name) {
		String configuration = this.beans.containsBeanDefinition(name)
				? this.beans.getBeanDefinition(name).getFactoryBeanName() : null;
		return configuration != null && (configuration.startsWith(ApplicationClients.SPRING_CLOUD_AWS)
				|| configuration.equals(TransferManagerConfiguration.class.getName()));
	}

}
