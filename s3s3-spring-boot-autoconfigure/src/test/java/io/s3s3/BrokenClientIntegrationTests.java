package io.s3s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Clients that somebody closed while they are in use.
 */
class BrokenClientIntegrationTests {

	@AutoClose
	private static final EmbeddedS3 primary = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 secondary = EmbeddedS3.start("west");

	@Test
	void goesOnWithTheClientOfALocationThatTheApplicationCloses() {
		pair().withPropertyValues("s3s3.failover.call-timeout=1m").run((context) -> {
			S3Client client = context.getBean("primaryS3Client", S3Client.class);
			client.close();

			client.headBucket((request) -> request.bucket("east"));
			put(context.getBean(FailoverS3Client.class));

			assertThat(context.getBean("primaryS3Client")).isSameAs(client);
		});
	}

	@Test
	void closesTheClientsOfTheLocationsWithTheContext() {
		S3Client[] client = new S3Client[1];
		pair().run((context) -> client[0] = context.getBean("primaryS3Client", S3Client.class));

		assertThat(catchThrowable(() -> client[0].headBucket((request) -> request.bucket("east")))).isNotNull();
	}

	// It was built by the application, so that nobody else can build it again.
	@Test
	void failsOverWhenAnHttpClientOfTheApplicationIsClosed() {
		SdkHttpClient own = Apache5HttpClient.create();
		LocationClientCustomizer customizer = (role, builder) -> {
			if (role == LocationRole.PRIMARY) {
				builder.httpClientBuilder(null).httpClient(own);
			}
		};
		pair().withBean(LocationClientCustomizer.class, () -> customizer).run((context) -> {
			own.close();

			assertThat(put(context.getBean(FailoverS3Client.class))).singleElement()
				.satisfies((event) -> assertThat(event.getFailure().countsAgainstLocation()).isTrue());
		});
	}

	private static List<RequestFailedOver> put(FailoverS3Client client) {
		List<RequestFailedOver> failovers = new CopyOnWriteArrayList<>();
		client.on(RequestFailedOver.class, failovers::add)
			.putObject((request) -> request.key("key"), RequestBody.fromString("x"));
		return failovers;
	}

	private static ApplicationContextRunner pair() {
		return Contexts.pair(primary.endpoint(), "east", secondary.endpoint(), "west");
	}

}
