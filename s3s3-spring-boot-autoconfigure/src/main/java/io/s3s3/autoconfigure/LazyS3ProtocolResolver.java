package io.s3s3.autoconfigure;

import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.awspring.cloud.s3.S3ProtocolResolver;
import io.awspring.cloud.s3.S3Resource;
import io.s3s3.FailoverS3Client;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Resolves {@code s3://} locations, and asks for a client only when there is one to
 * resolve. If the application has several clients of equal rank, the failover client is
 * used.
 */
final class LazyS3ProtocolResolver extends S3ProtocolResolver {

	private static final String S3 = "s3://";

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		super.postProcessBeanFactory(beanFactory);
		this.beanFactory = beanFactory;
	}

	@Override
	@SuppressWarnings("NullAway") // as any ProtocolResolver may, whatever its superclass
									// declares
	public @Nullable Resource resolve(String location, ResourceLoader resourceLoader) {
		if (!location.regionMatches(true, 0, S3, 0, S3.length())) {
			return null;
		}
		ConfigurableListableBeanFactory beans = this.beanFactory;
		S3Client client = (beans != null) ? meant(beans) : null;
		return (beans != null && client != null)
				? S3Resource.create(location, client, beans.getBean(S3OutputStreamProvider.class))
				: super.resolve(location, resourceLoader);
	}

	private static @Nullable S3Client meant(ConfigurableListableBeanFactory beans) {
		String winner = ApplicationClients.BLOCKING.winner(beans);
		if (winner != null) {
			return beans.getBean(winner, S3Client.class);
		}
		S3Client unique = beans.getBeanProvider(S3Client.class).getIfUnique();
		return (unique != null) ? unique : beans.getBeanProvider(FailoverS3Client.class).getIfUnique();
	}

}
