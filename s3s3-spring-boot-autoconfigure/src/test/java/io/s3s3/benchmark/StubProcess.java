package io.s3s3.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.benchmark.StubServer.Mode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A {@link StubServer} in a Java process of its own, which ends with this one, and its
 * clients: a raw one, and those that Spring Boot makes.
 */
final class StubProcess implements AutoCloseable {

	private static final String WITHOUT_TELEMETRY = "spring.autoconfigure.exclude="
			+ "io.s3s3.autoconfigure.S3s3MetricsAutoConfiguration,io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration";

	private final Process process;

	private final BufferedReader output;

	private final URI endpoint;

	private StubProcess(Process process) throws IOException {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		this.endpoint = URI.create("http://127.0.0.1:" + this.output.readLine());
	}

	static StubProcess start() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new StubProcess(
				new ProcessBuilder(java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
						StubServer.class.getName())
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start());
	}

	void mode(Mode mode) {
		try {
			this.process.getOutputStream().write((mode + "\n").getBytes(StandardCharsets.US_ASCII));
			this.process.getOutputStream().flush();
			this.output.readLine();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The server has gone", ex);
		}
	}

	/**
	 * Create a client as the SDK makes it, with a read timeout like that of a location.
	 */
	S3Client raw() {
		return S3Client.builder()
			.endpointOverride(this.endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
			.httpClientBuilder(Apache5HttpClient.builder()
				.connectionTimeout(Duration.ofSeconds(1))
				.socketTimeout(Duration.ofSeconds(2)))
			.build();
	}

	/**
	 * Create an asynchronous client as the SDK makes it.
	 */
	S3AsyncClient rawAsync(int maxConnections) {
		return async(this.endpoint, maxConnections).build();
	}

	static S3AsyncClientBuilder async(URI endpoint, int maxConnections) {
		return S3AsyncClient.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
			.httpClientBuilder(NettyNioAsyncHttpClient.builder()
				.maxConcurrency(maxConnections)
				.connectionTimeout(Duration.ofSeconds(1))
				.readTimeout(Duration.ofSeconds(2)));
	}

	static ConfigurableApplicationContext withoutTelemetry(StubProcess primary, StubProcess secondary) {
		return application(primary, secondary, WITHOUT_TELEMETRY);
	}

	/**
	 * Start an application with the Actuator.
	 * @param primary the primary
	 * @param secondary the secondary
	 * @param more properties beside those of the servers, none for default settings
	 */
	static ConfigurableApplicationContext application(StubProcess primary, StubProcess secondary, String... more) {
		List<String> properties = new ArrayList<>(List.of(more));
		properties.addAll(List.of("spring.main.banner-mode=off", "spring.main.log-startup-info=false"));
		properties.addAll(location("primary", primary));
		properties.addAll(location("secondary", secondary));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	private static List<String> location(String role, StubProcess server) {
		String prefix = "s3s3." + role + ".";
		return List.of(prefix + "bucket=" + role, prefix + "region=us-east-1", prefix + "endpoint=" + server.endpoint,
				prefix + "path-style=true", prefix + "credentials.access-key=access",
				prefix + "credentials.secret-key=secret");
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * Nothing but what is configured by itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
