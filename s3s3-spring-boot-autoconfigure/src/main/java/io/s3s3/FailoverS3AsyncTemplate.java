package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.awspring.cloud.s3.S3ObjectConverter;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.internal.client.PublishedObjects;
import io.s3s3.internal.io.CompletionErrors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.util.Assert;

/**
 * The operations of {@link FailoverS3AsyncOperations} through a
 * {@link FailoverS3AsyncClient}. Thread-safe.
 *
 * @since 0.1.0
 */
public class FailoverS3AsyncTemplate implements FailoverS3AsyncOperations {

	private final FailoverS3AsyncClient client;

	private final @Nullable S3ObjectConverter converter;

	/**
	 * Create a template without a converter of Java objects.
	 * @param client the client
	 */
	public FailoverS3AsyncTemplate(FailoverS3AsyncClient client) {
		this(client, null);
	}

	/**
	 * Create a template.
	 * @param client the client
	 * @param converter converts Java objects to content and back, or {@code null} if
	 * neither {@link #store} nor {@link #read} is used
	 */
	public FailoverS3AsyncTemplate(FailoverS3AsyncClient client, @Nullable S3ObjectConverter converter) {
		Assert.notNull(client, "client is required");
		this.client = client;
		this.converter = converter;
	}

	@Override
	public <E extends RequestEvent> FailoverS3AsyncOperations on(Class<E> type, Consumer<? super E> listener) {
		return new FailoverS3AsyncTemplate(this.client.on(type, listener), this.converter);
	}

	@Override
	public FailoverS3AsyncOperations asServed() {
		return new FailoverS3AsyncTemplate(this.client.asServed(), this.converter);
	}

	@Override
	public FailoverS3AsyncOperations hedged() {
		return new FailoverS3AsyncTemplate(this.client.hedged(), this.converter);
	}

	@Override
	public FailoverS3AsyncOperations after(WriteToken token) {
		return new FailoverS3AsyncTemplate(this.client.after(token), this.converter);
	}

	@Override
	public Optional<WriteToken> lastWrite(String key) {
		return this.client.lastWrite(key);
	}

	@Override
	public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body) {
		return call(() -> this.client.putObject(request, body), request.bucket());
	}

	@Override
	public <T> CompletableFuture<T> getObject(GetObjectRequest request,
			AsyncResponseTransformer<GetObjectResponse, T> transformer) {
		return call(() -> this.client.getObject(request, transformer), request.bucket());
	}

	@Override
	public CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request) {
		return call(() -> this.client.deleteObject(request), request.bucket());
	}

	@Override
	public CompletableFuture<DeleteObjectsResponse> deleteObjects(DeleteObjectsRequest request) {
		return call(() -> this.client.deleteObjects(request), request.bucket());
	}

	@Override
	public CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request) {
		return call(() -> this.client.listObjectsV2(request), request.bucket());
	}

	@Override
	public CompletableFuture<HeadObjectResponse> headObject(HeadObjectRequest request) {
		return call(() -> this.client.headObject(request), request.bucket());
	}

	@Override
	@SuppressWarnings("deprecation") // the deprecated copySource may name a bucket too
	public CompletableFuture<CopyObjectResponse> copyObject(CopyObjectRequest request) {
		return call(() -> this.client.copyObject(request), request.destinationBucket(), request.sourceBucket(),
				request.copySource());
	}

	@Override
	public CompletableFuture<PutObjectResponse> upload(String key, byte[] content) {
		return upload(key, AsyncRequestBody.fromBytes(content));
	}

	@Override
	public CompletableFuture<PutObjectResponse> upload(String key, String content) {
		return upload(key, AsyncRequestBody.fromString(content));
	}

	@Override
	public CompletableFuture<PutObjectResponse> upload(String key, Path content) {
		return upload(key, AsyncRequestBody.fromFile(content));
	}

	@Override
	public CompletableFuture<PutObjectResponse> upload(String key, Publisher<ByteBuffer> content) {
		AsyncRequestBody body = (content instanceof AsyncRequestBody whole) ? whole
				: AsyncRequestBody.fromPublisher(content);
		return putObject((request) -> request.key(key), body);
	}

	@Override
	public CompletableFuture<byte[]> downloadAsBytes(String key) {
		return then(bytes(key), ResponseBytes::asByteArrayUnsafe);
	}

	@Override
	public CompletableFuture<String> downloadAsString(String key) {
		return then(bytes(key), ResponseBytes::asUtf8String);
	}

	private CompletableFuture<ResponseBytes<GetObjectResponse>> bytes(String key) {
		return getObject((request) -> request.key(key), AsyncResponseTransformer.toBytes());
	}

	@Override
	public CompletableFuture<ResponsePublisher<GetObjectResponse>> downloadAsPublisher(String key) {
		return getObject((request) -> request.key(key), AsyncResponseTransformer.toPublisher());
	}

	@Override
	public CompletableFuture<GetObjectResponse> download(String key, Path target) {
		return this.client.getObject(GetObjectRequest.builder().key(key).build(), target);
	}

	@Override
	public CompletableFuture<PutObjectResponse> store(String key, Object object) {
		return call(() -> {
			S3ObjectConverter converter = FailoverS3Template.required(this.converter);
			return putObject((request) -> request.key(key).contentType(converter.contentType()),
					AsyncRequestBody.fromBytes(bytesOf(converter.write(object))));
		});
	}

	private static byte[] bytesOf(RequestBody body) {
		try (InputStream content = body.contentStreamProvider().newStream()) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read what the converter made", ex);
		}
	}

	@Override
	public <T> CompletableFuture<T> read(String key, Class<T> type) {
		return call(() -> {
			S3ObjectConverter converter = FailoverS3Template.required(this.converter);
			return then(downloadAsBytes(key), (content) -> converter.read(new ByteArrayInputStream(content), type));
		});
	}

	@Override
	public CompletableFuture<Boolean> exists(String key) {
		CompletableFuture<HeadObjectResponse> head = headObject((request) -> request.key(key));
		return followed(head, head.handle((response, error) -> {
			if (error != null && !(CompletionErrors.causeOf(error) instanceof NoSuchKeyException)) {
				throw (error instanceof CompletionException wrapped) ? wrapped : new CompletionException(error);
			}
			return error == null;
		}));
	}

	@Override
	public SdkPublisher<S3Object> listAll(String prefix) {
		Assert.notNull(prefix, "prefix is required");
		return new PublishedObjects(ListObjectsV2Request.builder().prefix(prefix).build(), this::listObjectsV2);
	}

	private static <T, R> CompletableFuture<R> then(CompletableFuture<T> call, Function<T, R> next) {
		return followed(call, call.thenApply(next));
	}

	/**
	 * Cancel a call when the future derived from it is completed early.
	 */
	private static <T> CompletableFuture<T> followed(CompletableFuture<?> call, CompletableFuture<T> result) {
		result.whenComplete((value, error) -> call.cancel(true));
		return result;
	}

	private static <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call, @Nullable String... buckets) {
		try {
			for (String bucket : buckets) {
				FailoverS3Template.refuseBucket(bucket);
			}
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(new CompletionException(ex));
		}
	}

}
