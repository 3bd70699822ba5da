package io.s3s3;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;

import io.awspring.cloud.s3.S3Template;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the SDK and Spring Cloud AWS do with the failover client.
 */
class SpringCloudAwsIntegrationTests extends AbstractFailoverS3TemplateTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void servesTheSdksOwnDefaultMethods(boolean primaryWorks) {
		runContext(primaryWorks, (context) -> {
			S3Client client = context.getBean(S3Client.class);
			client.putObject((request) -> request.bucket("alive").key("a/1"), RequestBody.fromBytes(CONTENT));
			client.putObject((request) -> request.bucket("dead").key("a/2"), RequestBody.fromBytes(CONTENT));
			client.putObject((request) -> request.key("b"), RequestBody.fromBytes(CONTENT));

			assertThat(client.getObjectAsBytes((request) -> request.bucket("alive").key("a/1")).asByteArray())
				.isEqualTo(CONTENT);
			try (ResponseInputStream<GetObjectResponse> stream = client.getObject((request) -> request.key("a/2"))) {
				assertThat(stream).hasBinaryContent(CONTENT);
			}
			assertThat(client.listObjectsV2Paginator((request) -> request.bucket("alive").maxKeys(1)).contents())
				.extracting(S3Object::key)
				.containsExactly("a/1", "a/2", "b");
			assertThat(client.listObjectsV2Paginator((request) -> request.delimiter("/").maxKeys(1))
				.stream()
				.mapToInt((page) -> page.contents().size() + page.commonPrefixes().size())
				.sum()).isEqualTo(2);
			assertThat(client.serviceName()).isEqualTo("s3");
			assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("us-east-1");
			assertThat(client.utilities()).isNotNull();
			Path target = this.folder.resolve("sdk" + primaryWorks);
			client.getObject((request) -> request.key("b"), target);
			assertThat(target).hasBinaryContent(CONTENT);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void makesSpringCloudAwsFailOver(boolean primaryWorks) {
		runContext(primaryWorks, (context) -> {
			S3Template template = context.getBean(S3Template.class);
			template.store("dead", "order", new Order("o-2", 4));

			assertThat(template.read("alive", "order", Order.class)).isEqualTo(new Order("o-2", 4));
			template.upload("dead", "uploaded", new ByteArrayInputStream(CONTENT));
			Resource resource = context.getResource("s3://dead/uploaded");
			assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT);
		});
	}

}
