package io.s3s3.realpair;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Two sites of Ceph's S3 gateway that replicate to each other, both ways. The scripts
 * that bring them up install what they need from Debian's packages, so that they need
 * root. What runs already is used as it is.
 */
final class RealPair implements AutoCloseable {

	static final URI EAST = URI.create("http://127.0.0.1:7481");

	static final URI WEST = URI.create("http://127.0.0.1:7482");

	static final String BUCKET = "pair";

	/** A bucket that keeps no versions, and that replicates as well. */
	private static final String PLAIN_BUCKET = "pair-plain";

	static final String ACCESS_KEY = "s3s3access";

	static final String SECRET_KEY = "s3s3secretkey0123456789";

	private static final String EAST_SITE = "east";

	private static final String WEST_SITE = "west";

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final LocationPair locations = locations(client(EAST), client(WEST));

	private RealPair() {
	}

	static RealPair up() throws IOException {
		run("up", true);
		return new RealPair();
	}

	LocationPair locations() {
		return this.locations;
	}

	/**
	 * Return the locations as one sees them whose way to the primary is another one.
	 * @param primary the client of the primary
	 */
	LocationPair locationsBehind(S3Client primary) {
		return locations(primary, this.locations.secondary().client());
	}

	static LocationPair locations(S3Client primary, S3Client secondary) {
		return locations(primary, secondary, BUCKET);
	}

	/**
	 * Return the locations of a bucket that keeps no versions.
	 * @param primary the client of the primary
	 */
	LocationPair withoutVersions(S3Client primary) {
		LocationPair plain = locations(primary, this.locations.secondary().client(), PLAIN_BUCKET);
		for (LocationRole role : LocationRole.values()) {
			S3Client client = plain.get(role).client();
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptionsInstanceOf(SdkException.class)
				.until(() -> hasPlainBucket(client, role));
		}
		return plain;
	}

	// Only the primary creates buckets, and tells the secondary.
	private static boolean hasPlainBucket(S3Client client, LocationRole role) {
		if (role == LocationRole.PRIMARY) {
			client.createBucket((request) -> request.bucket(PLAIN_BUCKET));
		}
		return client.headBucket((request) -> request.bucket(PLAIN_BUCKET)).sdkHttpResponse().isSuccessful();
	}

	private static LocationPair locations(S3Client primary, S3Client secondary, String bucket) {
		return new LocationPair(Location.of(LocationRole.PRIMARY, primary, bucket),
				Location.of(LocationRole.SECONDARY, secondary, bucket));
	}

	/**
	 * Return what directs calls, and comes back to a location after a second.
	 */
	static TrafficDirector director() {
		return new TrafficDirector(HealthSettings.builder()
			.holdDown(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(10))
			.build(), List.of());
	}

	static FailoverS3Client client(LocationPair locations, TrafficDirector director) {
		return FailoverS3Client.builder().locations(locations).director(director).build();
	}

	/**
	 * Kill the gateway of the primary.
	 */
	void kill() throws IOException {
		kill(EAST_SITE);
	}

	/**
	 * Stop the gateway of the primary: it takes connections and requests, and answers
	 * none. What it took it carries out when it goes on.
	 */
	void freeze() throws IOException {
		signal("STOP");
	}

	/**
	 * Let the gateway of the primary go on.
	 */
	void thaw() throws IOException {
		signal("CONT");
	}

	private static void signal(String signal) throws IOException {
		run(List.of("kill", "-" + signal, String.valueOf(pid(EAST_SITE))), true);
	}

	/**
	 * Start the gateway of the primary again.
	 */
	void restart() throws IOException {
		restart(true);
	}

	/**
	 * Start the gateway of the primary again.
	 * @param replicate whether it replicates
	 */
	void restart(boolean replicate) throws IOException {
		run("up --rgw " + EAST_SITE, replicate);
	}

	/**
	 * Stop the replication of both gateways, which serve as before, or start it again.
	 * @param replicate whether to replicate
	 */
	void replicate(boolean replicate) throws IOException {
		for (String site : List.of(EAST_SITE, WEST_SITE)) {
			kill(site);
			run("up --rgw " + site, replicate);
		}
	}

	private static void kill(String site) throws IOException {
		ProcessHandle.of(pid(site)).ifPresent((process) -> {
			process.destroyForcibly();
			process.onExit().join();
		});
	}

	private static long pid(String site) throws IOException {
		return Long.parseLong(Files.readString(Path.of("/tmp/ceph-pair/%s/run/rgw.pid".formatted(site))).strip());
	}

	@Override
	public void close() throws IOException {
		for (LocationRole role : LocationRole.values()) {
			this.locations.get(role).client().close();
		}
		run("down", true);
	}

	/**
	 * Return a plain client of a gateway, or of what stands before one.
	 */
	static S3Client client(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.httpClientBuilder(Apache5HttpClient.builder()
				.connectionTimeout(Duration.ofSeconds(1))
				.socketTimeout(Duration.ofSeconds(2)))
			.build();
	}

	private static void run(String script, boolean replicate) throws IOException {
		String[] words = script.split(" ", 2);
		run(List.of("bash", "-c", "bash '%s' %s".formatted(path(words[0]), (words.length > 1) ? words[1] : "")),
				replicate);
	}

	private static void run(List<String> command, boolean replicate) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().put("CEPH_PAIR_NOSYNC", replicate ? "" : "1");
		Process process = builder.start();
		try {
			if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IOException("'%s' did not succeed".formatted(command));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static Path path(String script) throws IOException {
		try {
			return Path.of(Objects.requireNonNull(RealPair.class.getResource("/real-pair/" + script)).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IOException(ex);
		}
	}

}
