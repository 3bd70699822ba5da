package io.s3s3.sample;

import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.s3s3.sample.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with buckets of its user's own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "S3S3_PRIMARY_BUCKET=my-east", "s3s3.primary.region=us-east-1", "S3S3_SECONDARY_BUCKET=my-west",
				"s3s3.secondary.region=us-west-2" })
@ActiveProfiles("real")
class RealBucketsIntegrationTests {

	private final SampleBrowser browser;

	RealBucketsIntegrationTests(@LocalServerPort int port) {
		this.browser = new SampleBrowser(port);
	}

	@Test
	void startsNoServers(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(EmbeddedPair.class)).isEmpty();
		assertThat(context.containsBean("replicator")).isFalse();
	}

	@Test
	void usesTheBuckets() {
		String locations = this.browser.get("/locations").body();

		assertThat(JsonPath.<List<String>>read(locations, "$[*].bucket")).containsExactly("my-east", "my-west");
		assertThat(JsonPath.<List<String>>read(locations, "$[*].endpoint")).containsExactly("AWS", "AWS");
		assertThat(JsonPath.<List<String>>read(locations, "$[*].state")).containsExactly(null, null);
	}

	@Test
	void refusesToTakeThemDown() {
		assertThat(this.browser.post("/locations/primary/refuse")).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(409);
			assertThat(JsonPath.<String>read(answer.body(), "$.detail")).contains("Only embedded locations");
		});
	}

}
