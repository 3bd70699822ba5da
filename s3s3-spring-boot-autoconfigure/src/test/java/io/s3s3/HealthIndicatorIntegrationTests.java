package io.s3s3;

import java.net.http.HttpResponse;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health indicator in an application with a web server.
 */
class HealthIndicatorIntegrationTests extends AbstractActuatorIntegrationTests {

	@Test
	void isUpAsLongAsAnyLocationServes() throws Exception {
		try (ConfigurableApplicationContext context = run("management.endpoint.health.show-details=always",
				"management.endpoint.health.group.readiness.include=readinessState,s3s3",
				"management.endpoint.health.probes.enabled=true")) {
			takePrimaryOut(context);
			int connections = this.primary.connections() + this.secondary.connections();

			HttpResponse<String> response = get(context, "/actuator/health");

			assertThat(response.statusCode()).isEqualTo(200);
			DocumentContext health = JsonPath.parse(response.body());
			assertThat(health.<String>read("components.s3s3.status")).isEqualTo("UP");
			assertThat(health.<String>read("components.s3s3.details.first")).isEqualTo("secondary");
			assertThat(health.<String>read("components.s3s3.details.primary.status")).isEqualTo("out");
			assertThat(health.<String>read("components.s3s3.details.primary.reason")).isEqualTo("consecutive-failures");
			assertThat(get(context, "/actuator/health/readiness").statusCode()).isEqualTo(200);

			this.secondary.mode(Mode.REFUSE);
			callThreeTimes(context);
			int afterOutage = this.primary.connections() + this.secondary.connections();

			assertThat(get(context, "/actuator/health").statusCode()).isEqualTo(503);
			assertThat(get(context, "/actuator/health/readiness").statusCode()).isEqualTo(503);
			assertThat(get(context, "/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(afterOutage).isGreaterThanOrEqualTo(connections);
			assertThat(this.primary.connections() + this.secondary.connections()).isEqualTo(afterOutage);
		}
	}

	@Test
	void mayBeLessThanUpWhileHomeIsOut() throws Exception {
		try (ConfigurableApplicationContext context = run("s3s3.health.degraded-status=OUT_OF_SERVICE",
				"management.endpoint.health.show-components=always")) {
			assertThat(get(context, "/actuator/health").statusCode()).isEqualTo(200);

			takePrimaryOut(context);

			HttpResponse<String> response = get(context, "/actuator/health");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(JsonPath.parse(response.body()).<String>read("components.s3s3.status"))
				.isEqualTo("OUT_OF_SERVICE");
		}
	}

}
