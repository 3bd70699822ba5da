package io.s3s3.sample.embedded;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server with one bucket, in memory and on loopback, behind a {@link Gate}.
 * Thread-safe.
 */
public final class EmbeddedLocation implements AutoCloseable {

	private static final String ACCESS_KEY = "sample-access-key";

	/** Random, so that a page in a browser, which can find the port, cannot sign. */
	private static final String SECRET_KEY = UUID.randomUUID().toString();

	/** Both locations together take a quarter of the memory of the application. */
	private static final long CAPACITY = Runtime.getRuntime().maxMemory() / 8;

	private final S3Proxy server;

	private final Gate gate;

	private final String bucket;

	private final S3Client client;

	private EmbeddedLocation(S3Proxy server, String bucket) {
		this.server = server;
		this.gate = Gate.open(server.getPort());
		this.bucket = bucket;
		this.client = S3Client.builder()
			.endpointOverride(loopback(server.getPort()))
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
			.build();
	}

	/**
	 * Start a server.
	 * @param bucket the name of its bucket
	 * @return the location
	 */
	public static EmbeddedLocation start(String bucket) {
		return start(bucket, CAPACITY);
	}

	static EmbeddedLocation start(String bucket, long capacity) {
		S3Proxy server = S3Proxy.builder()
			.blobStore(new MemoryBlobStore(capacity))
			.endpoint(loopback(0))
			.awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
			.ignoreUnknownHeaders(true)
			.stopTimeout(0)
			.build();
		try {
			server.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The embedded S3 server does not start", ex);
		}
		EmbeddedLocation location = new EmbeddedLocation(server, bucket);
		location.client.createBucket((request) -> request.bucket(bucket));
		return location;
	}

	public String bucket() {
		return this.bucket;
	}

	public Gate gate() {
		return this.gate;
	}

	/**
	 * Return a client that reaches the server behind the gate's back.
	 * @return the client
	 */
	public S3Client client() {
		return this.client;
	}

	public boolean isUp() {
		return this.gate.state() == GateState.OPEN;
	}

	/**
	 * Return the properties that make an application use this location, through its gate.
	 * @return the properties, without the prefix of a location
	 */
	Map<String, String> properties() {
		return Map.of("bucket", this.bucket, "region", "us-east-1", "endpoint", loopback(this.gate.port()).toString(),
				"path-style", "true", "credentials.access-key", ACCESS_KEY, "credentials.secret-key", SECRET_KEY);
	}

	@Override
	public void close() {
		this.client.close();
		this.gate.close();
		try {
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The embedded S3 server does not stop", ex);
		}
	}

	private static URI loopback(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

}
