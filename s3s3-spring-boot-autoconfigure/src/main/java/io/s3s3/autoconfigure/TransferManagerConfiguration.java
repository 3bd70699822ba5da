package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.awspring.cloud.autoconfigure.s3.properties.S3TransferManagerProperties;
import io.s3s3.FailoverS3AsyncClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;

/**
 * Makes the transfer manager as Spring Cloud AWS does, except that the failover client
 * sends in parts what one request cannot carry.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(S3TransferManager.class)
class TransferManagerConfiguration {

	@Bean
	@Lazy
	@Fallback
	@ConditionalOnMissingBean
	S3TransferManager s3TransferManager(ObjectProvider<S3AsyncClient> clients, S3Properties properties) {
		S3TransferManager.Builder builder = S3TransferManager.builder();
		S3TransferManagerProperties transfers = properties.getTransferManager();
		if (transfers != null) {
			PropertyMapper map = PropertyMapper.get();
			map.from(transfers::getMaxDepth).to(builder::uploadDirectoryMaxDepth);
			map.from(transfers::getFollowSymbolicLinks).to(builder::uploadDirectoryFollowSymbolicLinks);
		}
		return builder.s3Client(inParts(clients.getIfAvailable())).build();
	}

	private static @Nullable S3AsyncClient inParts(@Nullable S3AsyncClient client) {
		return (client instanceof FailoverS3AsyncClient failover) ? failover.inParts() : client;
	}

}
