package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.UploadLeftBehind;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.MultipartStore;
import io.s3s3.testkit.OpenFiles;
import io.s3s3.transfer.TransferSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uploads that a caller splits itself, over two servers with a proxy in front of each.
 */
abstract class AbstractPortableUploadTests {

	static final int PART = 40_000;

	static MultipartStore eastern;

	static MultipartStore western;

	@TempDir
	Path folder;

	final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	final Random random = new Random(15);

	FaultProxy primary;

	FaultProxy secondary;

	final TrafficDirector control = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	int tries = 1;

	FailoverS3Client client;

	private final List<S3Client> clients = new ArrayList<>();

	@BeforeAll
	static void startServers() {
		eastern = MultipartStore.start("east");
		western = MultipartStore.start("west");
	}

	@AfterAll
	static void stopServers() {
		eastern.close();
		western.close();
	}

	@BeforeEach
	void makeClient() {
		eastern.clear();
		western.clear();
		this.primary = FaultProxy.to(eastern.uri());
		this.secondary = FaultProxy.to(western.uri());
		this.client = client();
	}

	FailoverS3Client client() {
		return client(builder().keepParts(DataSize.ofMegabytes(64), Duration.ofHours(1)).build());
	}

	@AfterEach
	void keepsNothing() throws Exception {
		this.client.close();
		assertThat(OpenFiles.in(this.folder)).isZero();
		assertThat(this.folder.toFile().list((folder, name) -> !name.endsWith(".uploads"))).isEmpty();
		this.clients.forEach(S3Client::close);
		this.primary.close();
		this.secondary.close();
	}

	/**
	 * Wait until nothing is left of any upload but of those whose id nobody knows, since
	 * the answer that brought it was lost. Whoever answers is asked to abort what was
	 * left there.
	 */
	void awaitNoUploads() {
		revive(this.primary);
		revive(this.secondary);
		long unknown = this.events.stream().filter(UploadLeftBehind.class::isInstance).count();
		Awaitility.await().ignoreExceptions().untilAsserted(() -> {
			this.client.listMultipartUploads((request) -> request.bucket("east"));
			this.client.listMultipartUploads((request) -> request.bucket("west"));
			assertThat(eastern.uploads().size() + western.uploads().size()).isLessThanOrEqualTo((int) unknown);
		});
	}

	TransferSettings.Builder builder() {
		return TransferSettings.builder().directory(this.folder);
	}

	/**
	 * Make a client over the same proxies, which is closed by who asks for it.
	 */
	FailoverS3Client client(TransferSettings settings) {
		S3Client east = locationClient(this.primary.uri());
		S3Client west = locationClient(this.secondary.uri());
		this.clients.addAll(List.of(east, west));
		return FailoverS3Client.builder()
			.primary(east, "east")
			.secondary(west, "west")
			.rounds(1, Duration.ofMillis(1))
			.director(this.control)
			.transfer(settings)
			.listener(this.events::add)
			.build();
	}

	/**
	 * Make the client of a location.
	 */
	S3Client locationClient(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.overrideConfiguration((configuration) -> configuration
				.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(this.tries).build()))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
			.build();
	}

	void kill(FaultProxy location) {
		location.mode(FaultProxy.Mode.REFUSE);
	}

	void revive(FaultProxy location) {
		location.mode(FaultProxy.Mode.FORWARD);
		location.heal();
	}

	String begin(String key) {
		return this.client.createMultipartUpload((request) -> request.key(key)).uploadId();
	}

	CompletedPart send(String key, String id, int number, byte[] content) {
		String eTag = this.client
			.uploadPart((request) -> request.key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(content))
			.eTag();
		return part(eTag, number);
	}

	static CompletedPart part(String eTag, int number) {
		return CompletedPart.builder().partNumber(number).eTag(eTag).build();
	}

	void complete(String key, String id, List<CompletedPart> parts) {
		this.client.completeMultipartUpload(
				(request) -> request.key(key).uploadId(id).multipartUpload((upload) -> upload.parts(parts)));
	}

	byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

}
