package io.s3s3;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint and the health indicator in an application with a web server, over HTTP
 * and JMX, with the primary behind a proxy that fails.
 */
class ActuatorIntegrationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	private final HttpClient http = HttpClient.newHttpClient();

	private EmbeddedS3 west;

	private FaultProxy primary;

	private FaultProxy secondary;

	@BeforeEach
	void start() {
		this.west = EmbeddedS3.start("west");
		this.primary = new FaultProxy(this.west.endpoint());
		this.secondary = new FaultProxy(this.west.endpoint());
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
		this.west.close();
	}

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
	void hasMetersAndObservations() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			takePrimaryOut(context);

			assertThat(JsonPath.parse(get(context, "/actuator/metrics").body()).<List<String>>read("names")).contains(
					"s3s3.requests", "s3s3.failovers", "s3s3.attempts", "s3s3.switches", "s3s3.location.status",
					"s3s3.away.from.home", "s3s3.call", "s3s3.attempt");
			DocumentContext attempts = JsonPath
				.parse(get(context, "/actuator/metrics/s3s3.attempt?tag=result:connection").body());
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

	private void takePrimaryOut(ConfigurableApplicationContext context) {
		this.primary.mode(Mode.REFUSE);
		callThreeTimes(context);
	}

	private static void callThreeTimes(ConfigurableApplicationContext context) {
		FailoverS3Template template = context.getBean(FailoverS3Template.class);
		for (int i = 0; i < 3; i++) {
			try {
				template.exists("key");
			}
			catch (RuntimeException ex) {
				assertThat(ex).hasMessageContaining("127.0.0.1");
			}
		}
	}

	private ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"s3s3.probe.enabled=false", "s3s3.circuit.without-success=0ms"));
		all.addAll(location("primary", "west", this.primary.uri()));
		all.addAll(location("secondary", "west", this.secondary.uri()));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(all.toArray(String[]::new))
			.run();
	}

	private static List<String> location(String role, String bucket, URI endpoint) {
		String prefix = "s3s3." + role + ".";
		return List.of(prefix + "bucket=" + bucket, prefix + "region=us-east-1", prefix + "endpoint=" + endpoint,
				prefix + "path-style=true", prefix + "credentials.access-key=" + EmbeddedS3.ACCESS_KEY,
				prefix + "credentials.secret-key=" + EmbeddedS3.SECRET_KEY, prefix + "connect-timeout=10s",
				prefix + "read-timeout=20s");
	}

	private DocumentContext act(ConfigurableApplicationContext context, String body) throws Exception {
		HttpResponse<String> response = post(context, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(context, path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(ConfigurableApplicationContext context, String body)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(context, "/actuator/s3s3"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext context, String path) {
		return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
