package io.s3s3.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * A real S3 server on loopback, in memory.
 */
public final class EmbeddedS3 implements AutoCloseable {

	/**
	 * The access key that the server knows.
	 */
	public static final String ACCESS_KEY = "test-access-key";

	/**
	 * The secret key that goes with it.
	 */
	public static final String SECRET_KEY = "test-secret-key";

	/** To shut down one of a client's own takes two seconds. */
	private static final SdkEventLoopGroup EVENT_LOOPS = SdkEventLoopGroup.builder().numberOfThreads(2).build();

	/**
	 * The SDK's Netty client may forget who waits when a connection is refused: it finds
	 * that out by this time-out, which is ten seconds by default.
	 */
	private static final Duration FORGOTTEN = Duration.ofSeconds(2);

	private final S3Proxy server;

	private final String bucket;

	private EmbeddedS3(S3Proxy server, String bucket) {
		this.server = server;
		this.bucket = bucket;
	}

	public static EmbeddedS3 start(String bucket) {
		try {
			S3Proxy server = S3Proxy.builder()
				.blobStore(new TransientNio2BlobStore())
				.endpoint(URI.create("http://127.0.0.1:0"))
				.awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
				.ignoreUnknownHeaders(true)
				.stopTimeout(0)
				.build();
			server.start();
			EmbeddedS3 embedded = new EmbeddedS3(server, bucket);
			try (S3Client client = embedded.client()) {
				client.createBucket((request) -> request.bucket(bucket));
			}
			return embedded;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The embedded server does not start", ex);
		}
	}

	public int port() {
		return this.server.getPort();
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + port());
	}

	public String bucket() {
		return this.bucket;
	}

	/**
	 * Store an object.
	 * @param key its key
	 * @param content its content
	 */
	public void put(String key, byte[] content) {
		try (S3Client client = client()) {
			client.putObject((request) -> request.bucket(this.bucket).key(key), RequestBody.fromBytes(content));
		}
	}

	/**
	 * A plain client of the SDK, without failover.
	 * @return the client, which the caller closes
	 */
	public S3Client client() {
		return client(endpoint());
	}

	/**
	 * A plain client of the SDK for whatever stands before a server.
	 * @param endpoint where it is
	 * @return the client, which the caller closes
	 */
	public static S3Client client(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
			.build();
	}

	/**
	 * A plain asynchronous client of the SDK for whatever stands before a server. It
	 * tries once.
	 * @param endpoint where it is
	 * @return the client, which the caller closes
	 */
	public static S3AsyncClient asyncClient(URI endpoint) {
		return asyncClient(endpoint, List.of());
	}

	static S3AsyncClient asyncClient(URI endpoint, List<ExecutionInterceptor> interceptors) {
		return asyncClient(endpoint, interceptors,
				nettyClient().connectionAcquisitionTimeout(FORGOTTEN)::buildWithDefaults);
	}

	static NettyNioAsyncHttpClient.Builder nettyClient() {
		return NettyNioAsyncHttpClient.builder().eventLoopGroup(EVENT_LOOPS);
	}

	static S3AsyncClient asyncClient(URI endpoint, List<ExecutionInterceptor> interceptors,
			Function<AttributeMap, SdkAsyncHttpClient> http) {
		return S3AsyncClient.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.httpClientBuilder((defaults) -> http.apply(defaults))
			.overrideConfiguration((configuration) -> configuration.executionInterceptors(interceptors)
				.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
			.build();
	}

	@Override
	public void close() {
		int port = port();
		try {
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The embedded server does not stop", ex);
		}
		HeldPort.retire(port);
	}

}
