package io.s3s3;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.StragglingEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application with the Actuator shows of hedged reads, over HTTP.
 */
class HedgesShownIntegrationTests {

	@AutoClose
	private final StragglingEndpoint primary = StragglingEndpoint
		.holdingFirst(Answer.success("content").with("x-amz-request-id: 1"));

	@AutoClose
	private final FaultyEndpoint secondary = FaultyEndpoint.silent();

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void showsOutcomesDelaysAndBudget() throws Exception {
		try (ConfigurableApplicationContext context = run("s3s3.hedge.enabled=true", "s3s3.hedge.burst=2")) {
			context.getBean(FailoverS3Client.class).headObject((request) -> request.key("late1"));
			context.getBean(FailoverS3AsyncClient.class)
				.headObject((request) -> request.key("late2"))
				.get(1, TimeUnit.MINUTES);

			assertThat(get(context, "metrics/s3s3.hedges?tag=location:primary&tag=outcome:won")
				.<Double>read("measurements[0].value")).isEqualTo(2);
			assertThat(
					get(context, "metrics/s3s3.hedge.delay?tag=location:primary").<Double>read("measurements[0].value"))
				.isPositive();
			DocumentContext status = get(context, "s3s3");
			assertThat(status.<Integer>read("hedgeBudget")).isZero();
			assertThat(status.<String>read("locations.primary.hedgeDelay")).startsWith("PT");
		}
	}

	@Test
	void showsNothingWhereReadsAreNotHedged() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(FailoverS3Client.class).headObject((request) -> request.key("soon"));

			assertThat(get(context, "s3s3").jsonString()).doesNotContain("hedge");
			assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
				.noneMatch((thread) -> thread.getName().contains("hedge"));
		}
	}

	private ConfigurableApplicationContext run(String... more) {
		List<String> properties = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"s3s3.probe.enabled=false", "management.endpoints.web.exposure.include=*"));
		properties.addAll(AbstractActuatorIntegrationTests.location("primary", "east", this.primary.uri()));
		properties.addAll(AbstractActuatorIntegrationTests.location("secondary", "west", this.secondary.uri()));
		properties.addAll(List.of(more));
		return new SpringApplicationBuilder(AbstractActuatorIntegrationTests.Application.class)
			.web(WebApplicationType.SERVLET)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	private DocumentContext get(ConfigurableApplicationContext context, String endpoint) throws Exception {
		URI uri = AbstractActuatorIntegrationTests.uri(context, "/actuator/" + endpoint);
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

}
