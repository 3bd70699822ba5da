package io.s3s3.sample.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Keeps the objects of one bucket in memory. An object that does not fit, or whose key is
 * impossible for a file, is refused rather than failing, so that the request is blamed
 * and not the location. Thread-safe.
 */
final class MemoryBlobStore extends ForwardingBlobStore {

	/**
	 * What an object takes besides its content, at most.
	 */
	static final int OVERHEAD = 8 * 1024;

	private final long capacity;

	/** At least what the bucket holds; guarded by "this". */
	private long used;

	/** What is being written; guarded by "this". */
	private long writing;

	MemoryBlobStore(long capacity) {
		super(new TransientNio2BlobStore());
		this.capacity = capacity;
	}

	@Override
	public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
		long size = request.contentLength() + OVERHEAD;
		try {
			reserve(request.bucket(), size);
			try {
				return super.putBlob(request, content);
			}
			finally {
				release(size);
			}
		}
		catch (RuntimeException ex) {
			discard(content);
			// A folder of the same name, or a segment that is empty, "." or "..".
			throw (ex.getCause() instanceof FileSystemException) ? new S3ProxyException(S3ErrorCode.INVALID_ARGUMENT,
					"This server keeps no such key beside the others") : ex;
		}
	}

	// A client that is answered while it sends sees a reset instead of the answer.
	private static void discard(InputStream content) {
		try {
			content.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized void reserve(String bucket, long size) {
		if (this.used + size > this.capacity) {
			// Some of it may have been overwritten or deleted.
			this.used = this.writing + sizeOf(bucket);
		}
		if (this.used + size > this.capacity) {
			throw new S3ProxyException(S3ErrorCode.ENTITY_TOO_LARGE, "The memory of this server is full");
		}
		this.used += size;
		this.writing += size;
	}

	private synchronized void release(long size) {
		this.writing -= size;
	}

	private long sizeOf(String bucket) {
		long size = 0;
		String token = null;
		do {
			ListObjectsV2Response page = list(requestFor(bucket, token));
			size += page.contents().stream().mapToLong((object) -> object.size() + OVERHEAD).sum();
			token = page.nextContinuationToken();
		}
		while (token != null);
		return size;
	}

	private static ListObjectsV2Request requestFor(String bucket, @Nullable String token) {
		return ListObjectsV2Request.builder().bucket(bucket).continuationToken(token).build();
	}

}
