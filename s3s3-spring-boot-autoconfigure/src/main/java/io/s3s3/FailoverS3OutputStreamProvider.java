package io.s3s3;

import java.io.IOException;

import io.awspring.cloud.s3.InMemoryBufferingS3OutputStreamProvider;
import io.awspring.cloud.s3.ObjectMetadata;
import io.awspring.cloud.s3.S3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3OutputStream;
import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.s3s3.internal.client.FailoverS3OutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Creates output streams whose uploads fail over, such as those of {@code s3://}
 * resources. They keep no more in memory than {@code s3s3.transfer} allows, and can abort
 * an upload that has begun. Thread-safe.
 */
final class FailoverS3OutputStreamProvider implements S3OutputStreamProvider {

	private final FailoverS3Client client;

	private final @Nullable S3ObjectContentTypeResolver contentTypeResolver;

	FailoverS3OutputStreamProvider(FailoverS3Client client, @Nullable S3ObjectContentTypeResolver contentTypeResolver) {
		this.client = client;
		this.contentTypeResolver = contentTypeResolver;
	}

	@Override
	public S3OutputStream create(String bucket, String key, @Nullable ObjectMetadata metadata) throws IOException {
		PutObjectRequest.Builder request = requestOf(bucket, key, metadata).toBuilder();
		if (this.contentTypeResolver != null && (metadata == null || metadata.getContentType() == null)) {
			request.contentType(this.contentTypeResolver.resolveContentType(key));
		}
		return new FailoverS3OutputStream(this.client::upload, DefaultFailoverS3Client.threadsOf(this.client),
				request.build());
	}

	/**
	 * Return the request that Spring Cloud AWS makes from metadata, by a call that stores
	 * nothing. What it says about its empty content does not hold for ours.
	 */
	private static PutObjectRequest requestOf(String bucket, String key, @Nullable ObjectMetadata metadata)
			throws IOException {
		if (metadata == null) {
			return PutObjectRequest.builder().bucket(bucket).key(key).build();
		}
		RequestCapture capture = new RequestCapture();
		new InMemoryBufferingS3OutputStreamProvider(capture, null).create(bucket, key, metadata).close();
		return capture.request.toBuilder().contentMD5(metadata.getContentMD5()).contentLength(null).build();
	}

	/**
	 * Captures a request instead of sending it.
	 */
	private static final class RequestCapture implements S3Client {

		private PutObjectRequest request = PutObjectRequest.builder().build();

		@Override
		public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
			this.request = request;
			return PutObjectResponse.builder().build();
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
