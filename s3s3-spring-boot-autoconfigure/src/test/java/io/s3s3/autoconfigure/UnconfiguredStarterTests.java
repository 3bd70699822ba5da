package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.awspring.cloud.s3.S3ProtocolResolver;
import io.s3s3.FailoverS3Client;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application that has the starter and has not configured it, or has turned it off.
 */
class UnconfiguredStarterTests {

	private final ApplicationContextRunner bare = Contexts.bare().withSystemProperties("aws.disableEc2Metadata=true");

	@Test
	void startsWithAWelcomePageToLookFor() {
		new WebApplicationContextRunner().withSystemProperties("aws.disableEc2Metadata=true")
			.withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class, AwsAutoConfiguration.class,
					CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
					S3AutoConfiguration.class, LazyS3AutoConfiguration.class, S3s3AutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(FailoverS3Client.class);
				assertThat(context.getResource("classpath:/static/index.html").exists()).isFalse();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:none", "/none", "none", "https://example.com/none", "s3:none" })
	void asksForNoClientWhereNoneIsNeeded(String location) {
		this.bare.run((context) -> assertThat(context.getResource(location)).isNotNull());
	}

	@Test
	void asksForTheClientOfSpringCloudAwsForItsResources() {
		this.bare.run((context) -> assertThatException().isThrownBy(() -> context.getResource("s3://b/k"))
			.havingRootCause()
			.withMessageContaining("region"));
		this.bare.withPropertyValues("spring.cloud.aws.region.static=eu-west-1").run((context) -> {
			assertThat(context.getResource("S3://b/k").getDescription()).contains("b", "k");
			assertThat(context.getBean(S3Client.class).serviceClientConfiguration().region())
				.isEqualTo(Region.EU_WEST_1);
		});
	}

	@Test
	void startsWithTheRegionAlone() {
		this.bare.withPropertyValues("spring.cloud.aws.region.static=eu-west-1")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverS3Client.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3s3.enabled=true", "s3s3.failover.call-timeout=1m" })
	void takesNothingButALocationForConfiguration(String property) {
		this.bare.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverS3Client.class));
	}

	@Test
	void leavesTheBeansOfSpringCloudAwsAloneWhenDisabled() {
		this.bare
			.withPropertyValues("s3s3.enabled=false", "spring.cloud.aws.region.static=eu-west-1",
					"s3s3.primary.bucket=east", "s3s3.secondary.bucket=west")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().getBeanDefinition("s3Client").isLazyInit()).isFalse();
				assertThat(context.getBean(S3ProtocolResolver.class).getClass()).isEqualTo(S3ProtocolResolver.class);
				assertNothingOfOurs(context);
			});
	}

	private static void assertNothingOfOurs(AssertableApplicationContext context) {
		assertThat(context.getBeanDefinitionNames())
			.filteredOn((name) -> context.getBean(name).getClass().getName().startsWith("io.s3s3."))
			.isEmpty();
	}

}
