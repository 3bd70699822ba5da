package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import io.s3s3.hedge.HedgeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for what is said of clients whose reads cannot be hedged.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnhedgedClientsTests extends AbstractS3s3AutoConfigurationTests {

	private static final String BOTH = "not hedged at the primary and the secondary location";

	private static final String SAID = "not hedged at";

	private final ApplicationContextRunner hedged = this.pair.withPropertyValues("s3s3.hedge.enabled=true");

	@Test
	void saysNothingOfTheClientsThatTheStarterMakes(CapturedOutput output) {
		this.hedged.run((context) -> {
			context.getBean(FailoverS3AsyncClient.class);

			assertThat(output).doesNotContain(SAID);
		});
	}

	@Test
	void saysNothingWhereReadsAreNotHedged(CapturedOutput output) {
		this.pair.withBean("primaryS3Client", S3Client.class, () -> mock(S3Client.class))
			.run((context) -> assertThat(output).doesNotContain(SAID));
	}

	@Test
	void tellsOfAnHttpClientOfTheApplication(CapturedOutput output) {
		SdkHttpClient http = mock(SdkHttpClient.class);

		this.hedged.withBean(AwsSyncClientCustomizer.class, () -> (builder) -> builder.httpClient(http))
			.run((context) -> assertThat(output).containsOnlyOnce(BOTH));
	}

	@Test
	void tellsOfAnHttpClientThatReplacesTheStarters(CapturedOutput output) {
		SdkHttpClient http = mock(SdkHttpClient.class);

		this.hedged
			.withBean(LocationClientCustomizer.class,
					() -> (role, builder) -> builder.httpClientBuilder(null).httpClient(http))
			.run((context) -> {
				context.getBean(FailoverS3AsyncClient.class);

				assertThat(output).containsOnlyOnce(BOTH).doesNotContain("asynchronous client does not");
			});
	}

	@Test
	void tellsOfAClientOfTheApplication(CapturedOutput output) {
		this.hedged.withBean("primaryS3Client", S3Client.class, () -> mock(S3Client.class))
			.run((context) -> assertThat(output).containsOnlyOnce("not hedged at the primary location"));
	}

	@Test
	void tellsOfAnAsynchronousClientOrHttpClientOfTheApplication(CapturedOutput output) {
		SdkAsyncHttpClient http = mock(SdkAsyncHttpClient.class);

		this.hedged.withBean("secondaryS3AsyncClient", S3AsyncClient.class, () -> mock(S3AsyncClient.class))
			.run((context) -> {
				context.getBean(FailoverS3AsyncClient.class);

				assertThat(output).containsOnlyOnce("not hedged at the secondary location");
			});
		this.hedged.withBean(AwsAsyncClientCustomizer.class, () -> (builder) -> builder.httpClient(http))
			.run((context) -> {
				context.getBean(FailoverS3AsyncClient.class);

				assertThat(output).containsOnlyOnce(BOTH);
			});
	}

	@Test
	void tellsOfClientsThatTheBuilderIsGiven(CapturedOutput output) {
		FailoverS3Client.builder()
			.primary(mock(S3Client.class), "east")
			.secondary(mock(S3Client.class), "west")
			.hedge(new HedgeSettings(true, HedgeSettings.DEFAULTS.minimumDelay(), 2, 10, 16))
			.build()
			.close();

		assertThat(output).containsOnlyOnce(BOTH);
	}

}
