package io.s3s3.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientSideEncryptionCheck}.
 */
class ClientSideEncryptionCheckTests extends AbstractS3s3AutoConfigurationTests {

	private final ApplicationContextRunner encrypting = this.pair
		.withPropertyValues("spring.cloud.aws.s3.encryption.key-id=key");

	@Test
	void saysNothingWhereNobodyAsksForEncryption() {
		this.pair.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FailoverS3Client.class));
	}

	@Test
	void refusesToStartWhereSpringCloudAwsWouldEncrypt() {
		assertRefused(this.encrypting);
	}

	@Test
	void refusesToStartWhereBeansAreMadeLate() {
		assertRefused(this.encrypting.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor())));
	}

	@Test
	void refusesBeforeTheFirstBeanCanUpload() {
		List<Object> given = new ArrayList<>();

		assertRefused(this.encrypting.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("given", given)))
			.withUserConfiguration(Uploading.class));

		assertThat(given).isEmpty();
	}

	private static void assertRefused(ApplicationContextRunner runner) {
		runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("spring.cloud.aws.s3.encryption"));
	}

	/**
	 * Takes the template when it is made, as a bean does that uploads at once.
	 */
	static class Uploading {

		Uploading(List<Object> given, FailoverS3Template template) {
			given.add(template);
		}

	}

}
