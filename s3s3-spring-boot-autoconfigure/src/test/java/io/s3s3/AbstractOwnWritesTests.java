package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.event.RequestEvent;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Two servers that differ: nothing is replicated here except what a test copies itself.
 */
abstract class AbstractOwnWritesTests {

	final EmbeddedS3 east = EmbeddedS3.start("east");

	final EmbeddedS3 west = EmbeddedS3.start("west");

	final FaultProxy toEast = FaultProxy.to(this.east.endpoint());

	final FaultProxy toWest = FaultProxy.to(this.west.endpoint());

	final S3Client eastClient = EmbeddedS3.client(this.toEast.uri());

	final S3Client westClient = EmbeddedS3.client(this.toWest.uri());

	final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	final FailoverS3Client client = client(ConsistencySettings.DEFAULTS, this.director);

	final FailoverControl control = FailoverControl.of(this.director, this.client.locations(),
			HealthProbe.headBucket(Duration.ofSeconds(2)));

	final String key = "key-" + UUID.randomUUID();

	/**
	 * Return a client with a memory and a health of its own, as that of another process.
	 */
	FailoverS3Client client(ConsistencySettings settings) {
		return client(settings, new TrafficDirector(HealthSettings.DEFAULTS, List.of()));
	}

	private FailoverS3Client client(ConsistencySettings settings, TrafficDirector director) {
		return FailoverS3Client.builder()
			.primary(this.eastClient, "east")
			.secondary(this.westClient, "west")
			.consistency(settings)
			.director(director)
			.listener(this.events::add)
			.build();
	}

	@AfterEach
	void close() {
		this.client.close();
		List.of(this.eastClient, this.westClient).forEach(S3Client::close);
		this.toEast.close();
		this.toWest.close();
		this.east.close();
		this.west.close();
	}

	String put(String text) {
		return this.client.putObject((request) -> request.key(this.key), RequestBody.fromString(text)).eTag();
	}

	String get() {
		return this.client.getObjectAsBytes((request) -> request.key(this.key)).asUtf8String();
	}

	Object head() {
		return this.client.headObject((request) -> request.key(this.key));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
