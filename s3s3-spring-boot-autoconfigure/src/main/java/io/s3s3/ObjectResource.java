package io.s3s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import io.s3s3.internal.text.Printable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import org.springframework.core.io.AbstractResource;
import org.springframework.util.StringUtils;

/**
 * An object of the pair as a resource, which asks S3 each time.
 */
final class ObjectResource extends AbstractResource {

	private final FailoverS3Operations operations;

	private final String key;

	ObjectResource(FailoverS3Operations operations, String key) {
		this.operations = operations;
		this.key = key;
	}

	@Override
	public InputStream getInputStream() throws IOException {
		try {
			return this.operations.downloadAsStream(this.key);
		}
		catch (NoSuchKeyException ex) {
			throw notFound(ex);
		}
	}

	@Override
	public boolean exists() {
		return this.operations.exists(this.key);
	}

	@Override
	public long contentLength() throws IOException {
		return head().contentLength();
	}

	@Override
	public long lastModified() throws IOException {
		return head().lastModified().toEpochMilli();
	}

	@Override
	public @Nullable String getFilename() {
		return StringUtils.getFilename(this.key);
	}

	@Override
	public String getDescription() {
		return "S3 object [" + Printable.of(this.key) + "]";
	}

	@Override
	public URI getURI() throws IOException {
		throw new FileNotFoundException(getDescription() + " has no URI: it is in either of two buckets");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof ObjectResource resource && this.operations == resource.operations
				&& this.key.equals(resource.key));
	}

	@Override
	public int hashCode() {
		return this.key.hashCode();
	}

	private HeadObjectResponse head() throws IOException {
		try {
			return this.operations.headObject((request) -> request.key(this.key));
		}
		catch (NoSuchKeyException ex) {
			throw notFound(ex);
		}
	}

	private FileNotFoundException notFound(NoSuchKeyException cause) {
		FileNotFoundException notFound = new FileNotFoundException(getDescription() + " does not exist");
		notFound.initCause(cause);
		return notFound;
	}

}
