package io.s3s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a web server whose primary is behind a proxy that fails.
 */
abstract class AbstractActuatorIntegrationTests {

	final HttpClient http = HttpClient.newHttpClient();

	EmbeddedS3 west;

	FaultProxy primary;

	FaultProxy secondary;

	@BeforeEach
	void start() {
		this.west = EmbeddedS3.start("west");
		this.primary = FaultProxy.to(this.west.endpoint());
		this.secondary = FaultProxy.to(this.west.endpoint());
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
		this.west.close();
	}

	void takePrimaryOut(ConfigurableApplicationContext context) {
		this.primary.mode(Mode.REFUSE);
		callThreeTimes(context);
	}

	static void callThreeTimes(ConfigurableApplicationContext context) {
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

	ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"s3s3.probe.enabled=false", "s3s3.circuit.without-success=0ms"));
		all.addAll(location("primary", "west", this.primary.uri()));
		all.addAll(location("secondary", "west", this.secondary.uri()));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(all.toArray(String[]::new))
			.run();
	}

	static List<String> location(String role, String bucket, URI endpoint) {
		String prefix = "s3s3." + role + ".";
		return List.of(prefix + "bucket=" + bucket, prefix + "region=us-east-1", prefix + "endpoint=" + endpoint,
				prefix + "path-style=true", prefix + "credentials.access-key=" + EmbeddedS3.ACCESS_KEY,
				prefix + "credentials.secret-key=" + EmbeddedS3.SECRET_KEY, prefix + "connect-timeout=10s",
				prefix + "read-timeout=20s");
	}

	HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(context, path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	static URI uri(ConfigurableApplicationContext context, String path) {
		return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
