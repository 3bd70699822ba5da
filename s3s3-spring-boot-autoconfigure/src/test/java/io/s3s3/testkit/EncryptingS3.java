package io.s3s3.testkit;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.encryption.s3.S3EncryptionClient;
import software.amazon.encryption.s3.internal.InstructionFileConfig;
import software.amazon.encryption.s3.materials.AesKeyring;

/**
 * Clients that encrypt objects in the application, all with the same key.
 */
public final class EncryptingS3 {

	private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

	private EncryptingS3() {
	}

	public static S3Client client(URI endpoint) {
		return client(endpoint, false);
	}

	/**
	 * Create a client.
	 * @param endpoint where S3 is
	 * @param instructionFiles whether it stores the keys of objects beside them
	 * @return the client
	 */
	public static S3Client client(URI endpoint, boolean instructionFiles) {
		S3Client plain = EmbeddedS3.client(endpoint);
		return S3EncryptionClient.builderV4()
			.wrappedClient(plain)
			.wrappedAsyncClient(asyncClient(endpoint))
			.keyring(AesKeyring.builder().wrappingKey(KEY).build())
			.instructionFileConfig(InstructionFileConfig.builder()
				.instructionFileClient(plain)
				.enableInstructionFilePutObject(instructionFiles)
				.build())
			.build();
	}

	private static S3AsyncClient asyncClient(URI endpoint) {
		return S3AsyncClient.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY)))
			.overrideConfiguration((config) -> config.addExecutionInterceptor(new HoldUntilRequested()))
			.build();
	}

	/**
	 * Holds bodies back until the first byte is asked for. The encryption client ends
	 * empty content with 16 bytes that nobody asked for yet (its
	 * {@code CipherSubscriber.onComplete}). If that comes before the HTTP client has
	 * asked, the SDK counts a demand of -1 and never sends the body.
	 */
	private static final class HoldUntilRequested implements ExecutionInterceptor {

		@Override
		public Optional<AsyncRequestBody> modifyAsyncHttpContent(Context.ModifyHttpRequest context,
				ExecutionAttributes attributes) {
			return context.asyncRequestBody().map(HeldBody::new);
		}

	}

	private record HeldBody(AsyncRequestBody held) implements AsyncRequestBody {

		@Override
		public Optional<Long> contentLength() {
			return this.held.contentLength();
		}

		@Override
		public String contentType() {
			return this.held.contentType();
		}

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			this.held.subscribe(new HoldingSubscriber(subscriber));
		}

	}

	private record HoldingSubscriber(Subscriber<? super ByteBuffer> subscriber,
			CountDownLatch requested) implements Subscriber<ByteBuffer> {

		HoldingSubscriber(Subscriber<? super ByteBuffer> subscriber) {
			this(subscriber, new CountDownLatch(1));
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscriber.onSubscribe(new Subscription() {

				@Override
				public void request(long count) {
					HoldingSubscriber.this.requested.countDown();
					subscription.request(count);
				}

				@Override
				public void cancel() {
					HoldingSubscriber.this.requested.countDown();
					subscription.cancel();
				}

			});
		}

		@Override
		public void onNext(ByteBuffer bytes) {
			awaitRequest();
			this.subscriber.onNext(bytes);
		}

		@Override
		public void onError(Throwable failure) {
			this.subscriber.onError(failure);
		}

		@Override
		public void onComplete() {
			this.subscriber.onComplete();
		}

		private void awaitRequest() {
			try {
				this.requested.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
