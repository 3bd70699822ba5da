package io.s3s3;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.transfer.TransferSettings;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.util.unit.DataSize;

/**
 * Calls that fail over and whose listeners, credentials, bodies, transformers and
 * continuations all block, over clients that complete futures on their event loop, of
 * which there is one.
 */
final class EventLoopScenario implements AutoCloseable {

	private static final byte[] CONTENT = "0123456789".repeat(30_000).getBytes(StandardCharsets.US_ASCII);

	private final SdkEventLoopGroup loops = SdkEventLoopGroup.builder().numberOfThreads(1).build();

	private final EmbeddedS3 server = EmbeddedS3.start("west");

	private final FaultyEndpoint resetting = FaultyEndpoint.resettingInBody();

	private final DownloadCutter cutting = DownloadCutter.before(this.server);

	private final AtomicInteger failovers = new AtomicInteger();

	private final Path folder;

	private final Interlude interlude;

	/**
	 * Create a scenario.
	 * @param folder where there is room for files
	 * @param interlude what all that is the caller's does on the thread that it gets
	 */
	EventLoopScenario(Path folder, Interlude interlude) {
		this.folder = folder;
		this.interlude = interlude;
		try (S3Client direct = this.server.client()) {
			direct.createBucket((request) -> request.bucket("east"));
			direct.putObject((request) -> request.bucket("east").key("object"), RequestBody.fromBytes(CONTENT));
		}
		this.server.put("object", CONTENT);
		this.cutting.cut(DownloadCutter.Cut.CLOSE, (length) -> length / 2);
	}

	SdkEventLoopGroup loops() {
		return this.loops;
	}

	int failovers() {
		return this.failovers.get();
	}

	/**
	 * Make the calls, one after the other.
	 */
	void run() throws Exception {
		Path file = Files.write(this.folder.resolve("file"), CONTENT);
		with(this.resetting.uri(), (s3) -> {
			join(s3.putObject((r) -> r.key("a"), AsyncRequestBody.fromFile(file)));
			join(s3.putObject((r) -> r.key("b").contentLength((long) CONTENT.length),
					AsyncRequestBody.fromPublisher(publisher())));
			join(s3.putObject((r) -> r.key("c"), AsyncRequestBody.fromPublisher(publisher())));
			join(s3.getObject((r) -> r.key("object"), AsyncResponseTransformer.toFile(this.folder.resolve("sdk"))));
			join(s3.getObject((r) -> r.key("object"), this.folder.resolve("ours")));
			join(s3.getObject((r) -> r.key("object"), new BlockingTransformer()));
			join(s3.getObject((r) -> r.key("object"), AsyncResponseTransformer.toBytes()));
			join(s3.getObject((r) -> r.key("object"), AsyncResponseTransformer.toBlockingInputStream()));
			join(s3.headObject((r) -> r.key("object")));
			uploadInParts(s3);
		});
		with(this.cutting.uri(), (s3) -> join(s3.getObject((r) -> r.key("object"), this.folder.resolve("resumed"))));
	}

	private void uploadInParts(FailoverS3AsyncClient s3) throws Exception {
		String id = s3.createMultipartUpload((r) -> r.key("d")).get().uploadId();
		String eTag = s3
			.uploadPart((r) -> r.key("d").uploadId(id).partNumber(1), AsyncRequestBody.fromPublisher(publisher()))
			.get()
			.eTag();
		join(s3.listParts((r) -> r.key("d").uploadId(id)));
		join(s3.completeMultipartUpload((r) -> r.key("d")
			.uploadId(id)
			.multipartUpload((upload) -> upload.parts((part) -> part.partNumber(1).eTag(eTag)))));
	}

	private void with(URI primary, Calls calls) throws Exception {
		try (S3Client east = EmbeddedS3.client(primary);
				S3Client west = this.server.client();
				S3AsyncClient eastAsync = client(primary);
				S3AsyncClient westAsync = client(this.server.endpoint());
				FailoverS3Client blocking = FailoverS3Client.builder()
					.primary(east, "east")
					.secondary(west, "west")
					.transfer(TransferSettings.builder()
						.memoryLimit(DataSize.ofKilobytes(16))
						.directory(this.folder)
						.keepParts(DataSize.ofMegabytes(1), Duration.ofHours(1))
						.build())
					.build();
				FailoverS3AsyncClient s3 = FailoverS3AsyncClient.builder()
					.client(blocking)
					.primary(eastAsync)
					.secondary(westAsync)
					.build()) {
			calls.make(s3.on(RequestEvent.class, this::listen));
		}
	}

	private void listen(RequestEvent event) {
		this.failovers.addAndGet((event instanceof RequestFailedOver) ? 1 : 0);
		this.interlude.block();
	}

	private S3AsyncClient client(URI endpoint) {
		AwsCredentialsProvider credentials = () -> {
			this.interlude.block();
			return AwsBasicCredentials.create(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY);
		};
		return S3AsyncClient.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(this.loops))
			.asyncConfiguration((configuration) -> configuration
				.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.credentialsProvider(credentials)
			.build();
	}

	private void join(CompletableFuture<?> call) throws Exception {
		call.thenRun(this.interlude::block).get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
	}

	private Publisher<ByteBuffer> publisher() {
		return (subscriber) -> subscriber.onSubscribe(new Subscription() {

			private boolean done;

			@Override
			public void request(long count) {
				EventLoopScenario.this.interlude.block();
				if (!this.done) {
					this.done = true;
					subscriber.onNext(ByteBuffer.wrap(CONTENT));
					subscriber.onComplete();
				}
			}

			@Override
			public void cancel() {
				this.done = true;
			}

		});
	}

	@Override
	public void close() {
		this.cutting.close();
		this.resetting.close();
		this.server.close();
		this.loops.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	/**
	 * Blocks.
	 */
	@FunctionalInterface
	interface Interlude {

		void block();

	}

	/**
	 * Makes calls.
	 */
	@FunctionalInterface
	private interface Calls {

		void make(FailoverS3AsyncClient s3) throws Exception;

	}

	/**
	 * A transformer that blocks before it asks for the body.
	 */
	private final class BlockingTransformer implements AsyncResponseTransformer<GetObjectResponse, String> {

		private final AsyncResponseTransformer<GetObjectResponse, ?> delegate = AsyncResponseTransformer.toBytes();

		@Override
		public CompletableFuture<String> prepare() {
			EventLoopScenario.this.interlude.block();
			return this.delegate.prepare().thenApply(String::valueOf);
		}

		@Override
		public void onResponse(GetObjectResponse response) {
			EventLoopScenario.this.interlude.block();
			this.delegate.onResponse(response);
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			EventLoopScenario.this.interlude.block();
			this.delegate.onStream(publisher);
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			EventLoopScenario.this.interlude.block();
			this.delegate.exceptionOccurred(error);
		}

	}

}
