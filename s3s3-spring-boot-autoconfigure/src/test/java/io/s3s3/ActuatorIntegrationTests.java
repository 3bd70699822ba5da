package io.s3s3;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint and the health indicator in an application with a web server, over HTTP
 * and JMX, with the primary behind a proxy that fails.
 */
class ActuatorIntegrationTests extends AbstractActuatorIntegrationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	@Test
	void isNotExposedByDefault() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(get(context, "/actuator/s3s3").statusCode()).isEqualTo(404);
			assertThat(get(context, "/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void showsWhereCallsGoAndWhy() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			takePrimaryOut(context);

			HttpResponse<String> response = get(context, "/actuator/s3s3");

			assertThat(response.statusCode()).isEqualTo(200);
			DocumentContext status = JsonPath.parse(response.body());
			assertThat(status.<String>read("home")).isEqualTo("primary");
			assertThat(status.<String>read("first")).isEqualTo("secondary");
			assertThat(status.<String>read("locations.primary.status")).isEqualTo("out");
			assertThat(status.<String>read("locations.primary.reason")).isEqualTo("consecutive-failures");
			assertThat(status.<String>read("locations.primary.since")).matches("20\\d\\d-.*Z");
			assertThat(status.<String>read("locations.primary.holdDownEnd")).matches("20\\d\\d-.*Z");
			assertThat(status.<Integer>read("locations.primary.circuit.failures")).isEqualTo(3);
			assertThat(status.<List<String>>read("locations.primary.lastErrors[*].cause")).hasSize(3)
				.containsOnly("connection");
			assertThat(status.<String>read("locations.secondary.status")).isEqualTo("up");
			assertThat(status.<List<String>>read("recentSwitches[*].reason")).containsExactly("circuit-open");
			assertThat(response.body()).doesNotContain("failureRate", "forced", "lastProbe", "null", "PRIMARY")
				.doesNotContain(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY);
		}
	}

	@Test
	void steersCalls() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			DocumentContext forced = act(context, "{'action':'force','location':'secondary','duration':'10m'}");
			assertThat(forced.<String>read("home")).isEqualTo("secondary");
			assertThat(forced.<String>read("forced.location")).isEqualTo("secondary");
			assertThat(forced.<String>read("forced.expiry")).isGreaterThan(forced.read("forced.since"));

			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			int connections = this.primary.connections();
			assertThat(template.exists("key")).isFalse();
			assertThat(this.primary.connections()).isEqualTo(connections);

			assertThat(act(context, "{'action':'release'}").<String>read("first")).isEqualTo("primary");
			assertThat(act(context, "{'action':'drain','location':'primary'}").<String>read("locations.primary.status"))
				.isEqualTo("drained");
			assertThat(
					act(context, "{'action':'undrain','location':'primary'}").<String>read("locations.primary.status"))
				.isEqualTo("ramping");
			assertThat(act(context, "{'action':'reset'}").<String>read("locations.primary.status")).isEqualTo("up");
			assertThat(act(context, "{'action':'probe-now','location':'secondary'}")
				.<String>read("locations.secondary.lastProbe.result")).isEqualTo("success");
		}
	}

	@Test
	void letsCallsComeBackBeforeTheHoldDownIsOver() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "s3s3.failback.ramp=")) {
			takePrimaryOut(context);
			this.primary.mode(Mode.FORWARD);

			DocumentContext status = act(context, "{'action':'fail-back'}");

			assertThat(status.<String>read("locations.primary.status")).isEqualTo("up");
			assertThat(status.<String>read("first")).isEqualTo("primary");
		}
	}

	@Test
	void refusesWhatMakesNoSense() throws Exception {
		Map<String, String> messages = Map.of("{'action':'explode'}",
				"The action must be one of force, release, fail-back, reset, drain, undrain, probe-now",
				"{'action':'force'}", "The action 'force' needs a location", "{'action':'force','location':'moon'}",
				"The location must be one of primary, secondary",
				"{'action':'force','location':'primary','duration':'soon'}", "'soon' is not a valid duration",
				"{'action':'force','location':'primary','duration':'0s'}", "must be more than zero",
				"{'action':'release','location':'primary'}", "The action 'release' takes no location",
				"{'action':'drain','location':'primary','duration':'1m'}", "The action 'drain' takes no duration");
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			for (Map.Entry<String, String> entry : messages.entrySet()) {
				HttpResponse<String> response = post(context, entry.getKey());

				assertThat(response.statusCode()).as(entry.getKey()).isEqualTo(400);
				assertThat(JsonPath.parse(response.body()).<String>read("message")).contains(entry.getValue());
			}
			assertThat(post(context, "{}").statusCode()).isEqualTo(400);
			assertThat(JsonPath.parse(get(context, "/actuator/s3s3").body()).<List<?>>read("recentSwitches")).isEmpty();
		}
	}

	@Test
	void refusesToDrainBothLocations() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			act(context, "{'action':'drain','location':'primary'}");

			HttpResponse<String> response = post(context, "{'action':'drain','location':'secondary'}");

			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("the primary location is drained already");
		}
	}

	@Test
	void onlyShowsWhenAccessIsReadOnly() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "management.endpoint.s3s3.access=read-only")) {
			assertThat(get(context, "/actuator/s3s3").statusCode()).isEqualTo(200);
			assertThat(post(context, "{'action':'force','location':'secondary'}").statusCode()).isEqualTo(405);
		}
	}

	@Test
	void worksOverJmx() throws Exception {
		try (ConfigurableApplicationContext context = run("spring.jmx.enabled=true", "spring.jmx.unique-names=true",
				"management.endpoints.jmx.domain=s3s3-test", "management.endpoints.jmx.exposure.include=s3s3")) {
			MBeanServer server = ManagementFactory.getPlatformMBeanServer();
			ObjectName name = server.queryNames(new ObjectName("s3s3-test:type=Endpoint,name=S3s3,*"), null)
				.iterator()
				.next();

			server.invoke(name, "act", new Object[] { "force", "secondary", "10m" },
					new String[] { String.class.getName(), String.class.getName(), String.class.getName() });

			assertThat(server.invoke(name, "status", new Object[0], new String[0])).asString()
				.contains("home=secondary", "expiry=", "reason=forced");
		}
	}

	@Test
	void hasMetersOnceEach() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			takePrimaryOut(context);

			assertThat(JsonPath.parse(get(context, "/actuator/metrics").body()).<List<String>>read("names"))
				.contains("s3s3.requests", "s3s3.failovers", "s3s3.attempts", "s3s3.switches", "s3s3.location.status",
						"s3s3.away.from.home")
				.doesNotContain("s3s3.call", "s3s3.attempt");
			DocumentContext attempts = JsonPath
				.parse(get(context, "/actuator/metrics/s3s3.attempts?tag=result:connection").body());
			assertThat(attempts.<List<Double>>read("measurements[?(@.statistic == 'COUNT')].value"))
				.containsExactly(3.0);
		}
	}

	@Test
	void observesNothingWhenToldNotTo() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "management.observations.enable.s3s3=false")) {
			takePrimaryOut(context);

			assertThat(JsonPath.parse(get(context, "/actuator/metrics").body()).<List<String>>read("names"))
				.contains("s3s3.requests")
				.doesNotContain("s3s3.call", "s3s3.attempt");
		}
	}

	private DocumentContext act(ConfigurableApplicationContext context, String body) throws Exception {
		HttpResponse<String> response = post(context, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	private HttpResponse<String> post(ConfigurableApplicationContext context, String body)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(context, "/actuator/s3s3"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
