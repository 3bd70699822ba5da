package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;

/**
 * A test that mocks the failover client mocks whatever {@link S3Client} is asked for.
 */
@SpringJUnitConfig
@TestPropertySource(properties = { "s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
		"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false" })
@ImportAutoConfiguration({ AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
		RegionProviderAutoConfiguration.class, S3AutoConfiguration.class, LazyS3AutoConfiguration.class,
		S3s3AutoConfiguration.class })
class MockedClientTests {

	@MockitoBean
	private FailoverS3Client failoverClient;

	@Autowired
	private S3Client client;

	@Autowired
	private FailoverS3Template template;

	@Test
	void isMockedByItsType() {
		this.template.delete("k");

		assertThat(this.client).isSameAs(this.failoverClient);
		then(this.failoverClient).should().deleteObject(any(DeleteObjectRequest.class));
	}

}
