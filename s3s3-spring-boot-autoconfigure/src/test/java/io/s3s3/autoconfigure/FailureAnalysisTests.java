package io.s3s3.autoconfigure;

import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Operations;
import io.s3s3.FailoverS3Template;
import io.s3s3.health.FailoverControl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * What an application that can't start says of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	private static final String[] PAIR = { "--s3s3.primary.bucket=east", "--s3s3.primary.region=us-east-1",
			"--s3s3.secondary.bucket=west", "--s3s3.secondary.region=us-west-2" };

	@ParameterizedTest
	@ValueSource(strings = { "admin:topsecret@minio:9000", "my_user:topsecret@minio:9000", "topsecret",
			"http://topsecret:@", "https://user:topsecret@host/[", "http://a:topsecret@b@c" })
	void showsNoEndpointThatCannotBeOne(String endpoint, CapturedOutput output) {
		failToStart(null, "--s3s3.primary.endpoint=" + endpoint);

		assertThat(output).contains("APPLICATION FAILED TO START", "s3s3.primary.endpoint", "https://s3.example.com")
			.doesNotContain("topsecret");
	}

	@Test
	void refusesCredentialsInAnEndpointWithoutShowingThem(CapturedOutput output) {
		failToStart(null, "--s3s3.secondary.endpoint=https://user:topsecret@host");

		assertThat(output)
			.contains("APPLICATION FAILED TO START", "s3s3.secondary.endpoint",
					"It holds no credentials; set s3s3.secondary.credentials.*")
			.doesNotContain("topsecret");
	}

	@Test
	void namesTheMissingPropertyOfALocationOnly(CapturedOutput output) {
		failToStart(null, "--s3s3.primary.credentials.access-key=a");

		assertThat(output).contains("There is no s3s3.primary.credentials.secret-key.")
			.doesNotContain("needs two locations");
	}

	@Test
	void namesTheBoundThatATransferBreaks(CapturedOutput output) {
		failToStart(null, "--s3s3.transfer.part-size=1MB");

		assertThat(output)
			.contains("Invalid value '1MB' for configuration property 's3s3.transfer.part-size'", "between 5MB and 1GB")
			.doesNotContain("TransferProperties");
	}

	@Test
	void namesTheDirectoryThatDoesNotExist(CapturedOutput output) {
		failToStart(null, "--s3s3.transfer.directory=/does/not/exist");

		assertThat(output).contains(
				"Invalid value '/does/not/exist' for configuration property 's3s3.transfer.directory'",
				"The directory must exist.");
	}

	@ParameterizedTest
	@ValueSource(classes = { FailoverS3Template.class, FailoverS3Client.class, FailoverS3Operations.class,
			FailoverControl.class })
	void tellsWhatToSetForABeanOfS3s3(Class<?> type, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(type));

		assertThat(output)
			.contains("APPLICATION FAILED TO START", type.getName(),
					"Set s3s3.primary.bucket and s3s3.secondary.bucket.")
			.doesNotContain("Consider defining");
	}

	@Test
	void tellsThatS3s3IsDisabled(CapturedOutput output) {
		failToStart(FailoverS3Template.class, "--s3s3.enabled=false");

		assertThat(output).contains("s3s3.enabled is false").doesNotContain("Consider defining");
	}

	@Test
	void tellsWhatToMockInsteadOfAnyClient(CapturedOutput output) {
		ApplicationContextInitializer<GenericApplicationContext> mocked = (context) -> context
			.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("failoverS3Client", mock(S3Client.class)));

		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.initializers(mocked)
				.run(PAIR));

		assertThat(output).contains("let it mock FailoverS3Client, which is injected as S3Client too.");
	}

	@ParameterizedTest
	@CsvSource({ "java.util.concurrent.Phaser, false", "java.util.concurrent.Phaser, true" })
	void leavesOtherBeansToSpringBoot(Class<?> type, boolean enabled, CapturedOutput output) {
		failToStart(type, "--s3s3.enabled=" + enabled);

		assertThat(output).contains("Consider defining a bean of type '" + type.getName() + "'")
			.doesNotContain("s3s3.enabled is false");
	}

	private static void failToStart(@Nullable Class<?> needed, String... arguments) {
		String[] all = Stream.concat(Stream.of(PAIR), Stream.of(arguments)).toArray(String[]::new);
		assertThatException().isThrownBy(() -> start(needed, all));
	}

	private static void start(@Nullable Class<?> needed, String... arguments) {
		ApplicationContextInitializer<GenericApplicationContext> need = (context) -> {
			if (needed != null) {
				context.registerBean("needy", String.class, () -> context.getBeanFactory().getBean(needed).toString());
			}
		};
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(need)
			.run(arguments)
			.close();
	}

	/**
	 * Has what the starter makes.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, S3s3AutoConfiguration.class })
	static class Application {

	}

}
