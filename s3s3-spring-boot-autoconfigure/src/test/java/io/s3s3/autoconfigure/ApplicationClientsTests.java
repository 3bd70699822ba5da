package io.s3s3.autoconfigure;

import io.s3s3.FailoverS3Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.SpringProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ApplicationClients} with bean definitions that were generated ahead of
 * time, which have suppliers and no marks.
 */
class ApplicationClientsTests {

	private static final String AOT = "spring.aot.enabled";

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	@BeforeEach
	void useGeneratedDefinitions() {
		SpringProperties.setFlag(AOT);
	}

	@AfterEach
	void doNotUseGeneratedDefinitions() {
		SpringProperties.setProperty(AOT, null);
	}

	@Test
	void areNotThoseOfALibraryThatWasPassedOver() {
		define("libraryClient", S3Client.class, false);
		define("failoverS3Client", FailoverS3Client.class, true);

		assertThat(ApplicationClients.BLOCKING.names(this.beans)).isEmpty();
		assertThat(ApplicationClients.BLOCKING.winner(this.beans)).isNull();
	}

	@Test
	void areThoseThatWereDecidedFor() {
		define("ownClient", S3Client.class, true);
		define("failoverS3Client", FailoverS3Client.class, false);

		assertThat(ApplicationClients.BLOCKING.names(this.beans)).containsExactly("ownClient");
		assertThat(ApplicationClients.BLOCKING.winner(this.beans)).isEqualTo("ownClient");
	}

	private <T extends S3Client> void define(String name, Class<T> type, boolean primary) {
		RootBeanDefinition definition = new RootBeanDefinition(type, () -> mock(type));
		definition.setPrimary(primary);
		this.beans.registerBeanDefinition(name, definition);
	}

}
