package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.awspring.cloud.s3.S3PathMatchingResourcePatternResolver;
import io.awspring.cloud.s3.S3Template;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application that imports its configuration from S3, by a client of Spring Cloud
 * AWS that then stays in the context, and whose primary location is down.
 */
class ConfigImportIntegrationTests {

	private final FaultyEndpoint primary = FaultyEndpoint.refusing();

	private final EmbeddedS3 secondary = EmbeddedS3.start("west");

	@AfterEach
	void stop() {
		this.secondary.close();
		this.primary.close();
	}

	@Test
	void leavesItsClientOutOfWhatFailsOver() throws IOException {
		givenObject("application.properties", "told.by.s3=hello");
		givenObject("texts/a.txt", "from the secondary");
		try (ConfigurableApplicationContext context = start()) {
			Application application = context.getBean(Application.class);
			S3Client client = context.getBean(S3Client.class);

			assertThat(context.getBean("configDataS3Client")).isNotSameAs(client);
			assertThat(application.told).isEqualTo("hello");
			assertThat(application.client).isSameAs(client).isInstanceOf(FailoverS3Client.class);
			assertThat(application.text.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("from the secondary");
			assertThat(textsIn(context)).containsExactly("texts/a.txt");

			context.getBean(S3Template.class).upload("east", "by-template", stream("x"));
			try (OutputStream out = ((WritableResource) context.getResource("s3://east/by-resource"))
				.getOutputStream()) {
				out.write('x');
			}
		}
		assertThat(keys()).contains("by-template", "by-resource");
	}

	private ConfigurableApplicationContext start() {
		List<String> arguments = new ArrayList<>(List.of("--spring.config.import=aws-s3:west/application.properties",
				"--spring.main.banner-mode=off", "--spring.cloud.aws.endpoint=" + this.secondary.endpoint(),
				"--spring.cloud.aws.region.static=us-east-1",
				"--spring.cloud.aws.credentials.access-key=" + EmbeddedS3.ACCESS_KEY,
				"--spring.cloud.aws.credentials.secret-key=" + EmbeddedS3.SECRET_KEY,
				"--s3s3.primary.endpoint=" + this.primary.uri(), "--s3s3.primary.bucket=east",
				"--s3s3.primary.path-style=true", "--s3s3.secondary.endpoint=" + this.secondary.endpoint(),
				"--s3s3.secondary.bucket=west", "--s3s3.secondary.path-style=true", "--s3s3.probe.enabled=false"));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	private static Stream<String> textsIn(ConfigurableApplicationContext context) throws IOException {
		Resource[] texts = new S3PathMatchingResourcePatternResolver(context.getBean(S3Client.class), context)
			.getResources("s3://east/**/*.txt");
		return Stream.of(texts).map(Resource::getFilename);
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private void givenObject(String key, String content) {
		try (S3Client plain = this.secondary.client()) {
			plain.putObject((request) -> request.bucket("west").key(key).contentType("text/plain"),
					RequestBody.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
		}
	}

	private List<String> keys() {
		try (S3Client plain = this.secondary.client()) {
			return plain.listObjectsV2((request) -> request.bucket("west"))
				.contents()
				.stream()
				.map(S3Object::key)
				.toList();
		}
	}

	/**
	 * Counts on all ways to reach S3 without naming s3s3.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Autowired
		private S3Client client;

		@Value("${told.by.s3}")
		private String told;

		@Value("s3://east/texts/a.txt")
		private Resource text;

	}

}
