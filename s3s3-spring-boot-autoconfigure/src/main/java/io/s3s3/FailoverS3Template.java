package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.awspring.cloud.s3.S3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3ObjectConverter;
import io.awspring.cloud.s3.S3OutputStream;
import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.internal.client.FailoverS3OutputStream;
import io.s3s3.internal.client.ListedObjects;
import io.s3s3.internal.client.ResourceContent;
import io.s3s3.internal.io.StreamReads;
import io.s3s3.internal.text.Printable;
import io.s3s3.internal.upload.FileContent;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
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
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.StreamUtils;

/**
 * The operations of {@link FailoverS3Operations} through a {@link FailoverS3Client}.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public class FailoverS3Template implements FailoverS3Operations {

	private final FailoverS3Client client;

	private final @Nullable S3ObjectConverter converter;

	/**
	 * Create a template.
	 * @param client what carries out the calls
	 * @param converter converts Java objects to content and back, or {@code null} if
	 * neither {@link #store} nor {@link #read} is used
	 */
	public FailoverS3Template(FailoverS3Client client, @Nullable S3ObjectConverter converter) {
		Assert.notNull(client, "client is required");
		this.client = client;
		this.converter = converter;
	}

	/**
	 * Create a provider of output streams whose uploads fail over, such as those of
	 * {@code s3://} resources.
	 * @param client what carries out the uploads
	 * @param contentTypeResolver determines the content type of an object whose metadata
	 * does not have one, or {@code null} for none
	 * @return the provider
	 */
	public static S3OutputStreamProvider outputStreams(FailoverS3Client client,
			@Nullable S3ObjectContentTypeResolver contentTypeResolver) {
		Assert.notNull(client, "client is required");
		return new FailoverS3OutputStreamProvider(client, contentTypeResolver);
	}

	@Override
	public <E extends RequestEvent> FailoverS3Operations on(Class<E> type, Consumer<? super E> listener) {
		return new FailoverS3Template(this.client.on(type, listener), this.converter);
	}

	@Override
	public FailoverS3Operations asServed() {
		return new FailoverS3Template(this.client.asServed(), this.converter);
	}

	@Override
	public FailoverS3Operations hedged() {
		return new FailoverS3Template(this.client.hedged(), this.converter);
	}

	@Override
	public FailoverS3Operations after(WriteToken token) {
		return new FailoverS3Template(this.client.after(token), this.converter);
	}

	@Override
	public Optional<WriteToken> lastWrite(String key) {
		return this.client.lastWrite(key);
	}

	@Override
	public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
		refuseBucket(request.bucket());
		return this.client.putObject(request, body);
	}

	@Override
	public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
		refuseBucket(request.bucket());
		return this.client.getObject(request, transformer);
	}

	@Override
	public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
		refuseBucket(request.bucket());
		return this.client.deleteObject(request);
	}

	@Override
	public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
		refuseBucket(request.bucket());
		return this.client.deleteObjects(request);
	}

	@Override
	public ListObjectsResponse listObjects(ListObjectsRequest request) {
		refuseBucket(request.bucket());
		return this.client.listObjects(request);
	}

	@Override
	public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
		refuseBucket(request.bucket());
		return this.client.listObjectsV2(request);
	}

	@Override
	public HeadObjectResponse headObject(HeadObjectRequest request) {
		refuseBucket(request.bucket());
		return this.client.headObject(request);
	}

	@Override
	@SuppressWarnings("deprecation") // the deprecated copySource may name a bucket too
	public CopyObjectResponse copyObject(CopyObjectRequest request) {
		refuseBucket(request.destinationBucket());
		refuseBucket(request.sourceBucket());
		refuseBucket(request.copySource());
		return this.client.copyObject(request);
	}

	@Override
	public PutObjectResponse upload(String key, byte[] content) {
		return upload(key, RequestBody.fromBytes(content));
	}

	@Override
	public PutObjectResponse upload(String key, Path content) {
		return upload(key, FileContent.bodyOf(content));
	}

	@Override
	public PutObjectResponse upload(String key, Resource content) {
		return upload(key, ResourceContent.bodyOf(content));
	}

	@Override
	public PutObjectResponse upload(String key, InputStream content, long contentLength) {
		return upload(key, RequestBody.fromInputStream(content, contentLength));
	}

	@Override
	public PutObjectResponse upload(String key, InputStream content) {
		Assert.notNull(content, "content is required");
		InputStream left = StreamReads.steady(StreamUtils.nonClosing(content));
		return upload(key, RequestBody.fromContentProvider(() -> left, "application/octet-stream"));
	}

	@Override
	public PutObjectResponse upload(PutObjectRequest request, RequestBody body) {
		refuseBucket(request.bucket());
		return this.client.upload(request, body);
	}

	@Override
	public S3OutputStream uploadAsStream(String key) {
		return new FailoverS3OutputStream(this.client::upload, DefaultFailoverS3Client.threadsOf(this.client),
				PutObjectRequest.builder().key(key).build());
	}

	private PutObjectResponse upload(String key, RequestBody body) {
		return upload(PutObjectRequest.builder().key(key).build(), body);
	}

	@Override
	public byte[] downloadAsBytes(String key) {
		return getObject(requestFor(key), ResponseTransformer.toBytes()).asByteArrayUnsafe();
	}

	@Override
	public InputStream downloadAsStream(String key) {
		return getObject(requestFor(key));
	}

	@Override
	public Resource downloadAsResource(String key) {
		return new ObjectResource(this, key);
	}

	@Override
	public GetObjectResponse download(String key, Path target) {
		return this.client.getObject(requestFor(key), target);
	}

	@Override
	public PutObjectResponse store(String key, Object object) {
		S3ObjectConverter converter = required(this.converter);
		return putObject((request) -> request.key(key).contentType(converter.contentType()), converter.write(object));
	}

	@Override
	public <T> T read(String key, Class<T> type) {
		S3ObjectConverter converter = required(this.converter);
		try (InputStream content = downloadAsStream(key)) {
			return converter.read(content, type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the object '" + Printable.of(key) + "'", ex);
		}
	}

	@Override
	public boolean exists(String key) {
		try {
			headObject((request) -> request.key(key));
			return true;
		}
		catch (NoSuchKeyException ex) {
			return false;
		}
	}

	@Override
	public Stream<S3Object> listAll(String prefix) {
		Assert.notNull(prefix, "prefix is required");
		return ListedObjects.stream(ListObjectsV2Request.builder().prefix(prefix).build(), this::listObjectsV2);
	}

	@Override
	public URL createSignedGetUrl(String key, Duration validity) {
		return this.client.presigner()
			.presignGetObject((presign) -> presign.signatureDuration(validity).getObjectRequest(requestFor(key)))
			.url();
	}

	@Override
	public URL createSignedPutUrl(String key, Duration validity) {
		return this.client.presigner()
			.presignPutObject(
					(presign) -> presign.signatureDuration(validity).putObjectRequest((request) -> request.key(key)))
			.url();
	}

	private static GetObjectRequest requestFor(String key) {
		return GetObjectRequest.builder().key(key).build();
	}

	static void refuseBucket(@Nullable String bucket) {
		if (bucket != null) {
			throw new IllegalArgumentException("This call names the bucket '" + Printable.of(bucket)
					+ "'. The buckets are configured once, by s3s3.primary.bucket and s3s3.secondary.bucket: leave the "
					+ "bucket out of the call, or use FailoverS3Client for another bucket");
		}
	}

	static S3ObjectConverter required(@Nullable S3ObjectConverter converter) {
		Assert.state(converter != null, "There is no S3ObjectConverter. Define one as a bean, or add Jackson, for "
				+ "instance with spring-boot-starter-jackson");
		return converter;
	}

}
