package io.s3s3.autoconfigure;

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3AsyncOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

/**
 * Tests for the asynchronous clients of {@link S3s3AutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AsyncClientConfigurationTests extends AbstractS3s3AutoConfigurationTests {

	private static final String[] BEANS = { "failoverS3AsyncClient", "failoverS3AsyncTemplate", "primaryS3AsyncClient",
			"secondaryS3AsyncClient" };

	@Test
	void makesThemWhenSomebodyAsks() {
		this.pair.run((context) -> {
			for (String bean : BEANS) {
				assertThat(context.containsBean(bean)).as(bean).isTrue();
				assertThat(context.getBeanFactory().containsSingleton(bean)).as(bean).isFalse();
			}

			assertThat(context.getBean(S3AsyncClient.class)).isInstanceOf(FailoverS3AsyncClient.class);
		});
	}

	@Test
	void configuresThemAsTheBlockingOnes() {
		this.pair
			.withPropertyValues("s3s3.primary.endpoint=http://127.0.0.1:1", "s3s3.primary.credentials.access-key=a",
					"s3s3.primary.credentials.secret-key=s", "spring.cloud.aws.s3.cross-region-enabled=true")
			.run((context) -> {
				S3ServiceClientConfiguration primary = context.getBean("primaryS3AsyncClient", S3AsyncClient.class)
					.serviceClientConfiguration();
				assertThat(primary.endpointOverride()).contains(URI.create("http://127.0.0.1:1"));
				assertThat(primary.region()).isEqualTo(Region.US_EAST_1);
				assertThat(context.getBean("secondaryS3AsyncClient", S3AsyncClient.class)
					.serviceClientConfiguration()
					.region()).isEqualTo(Region.US_WEST_2);
			});
	}

	@Test
	void makesWayForATemplateOfTheApplication() {
		FailoverS3AsyncOperations mine = mock(FailoverS3AsyncOperations.class);

		this.pair.withBean(FailoverS3AsyncOperations.class, () -> mine).run((context) -> {
			assertThat(context.getBean(FailoverS3AsyncOperations.class)).isSameAs(mine);
			assertThat(context).doesNotHaveBean("failoverS3AsyncTemplate");
		});
	}

	@Test
	void takesAClientOfTheApplicationForALocation() {
		S3AsyncClient mine = mock(S3AsyncClient.class);

		this.pair.withBean("primaryS3AsyncClient", S3AsyncClient.class, () -> mine)
			.run((context) -> assertThat(context.getBean(S3AsyncClient.class))
				.isInstanceOf(FailoverS3AsyncClient.class));
	}

	@Test
	void leavesTheApplicationsOwnClientAlone(CapturedOutput output) {
		S3AsyncClient mine = mock(S3AsyncClient.class);

		this.pair.withBean("mine", S3AsyncClient.class, () -> mine).run((context) -> {
			assertThat(context.getBean(S3AsyncClient.class)).isSameAs(mine);
			assertThat(context).hasSingleBean(FailoverS3AsyncClient.class);
		});
		assertThat(output).contains("S3AsyncClient 'mine'");
	}

	@Test
	void saysNothingAsLongAsAllFailsOver(CapturedOutput output) {
		this.pair.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).doesNotContain("These do not fail over");
	}

	@Test
	void closesWithTheContext() {
		AtomicReference<FailoverS3AsyncClient> client = new AtomicReference<>();
		this.pair.run((context) -> {
			client.set(context.getBean(FailoverS3AsyncClient.class));
			((ConfigurableApplicationContext) context.getSourceApplicationContext()).close();
		});

		assertThatThrownBy(() -> Objects.requireNonNull(client.get()).headObject((r) -> r.key("key")).join())
			.hasCauseInstanceOf(IllegalStateException.class);
	}

}
