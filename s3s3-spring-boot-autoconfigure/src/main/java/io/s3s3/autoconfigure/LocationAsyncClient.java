package io.s3s3.autoconfigure;

import io.s3s3.internal.http.ScopedS3AsyncClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;

import org.springframework.beans.factory.DisposableBean;

/**
 * The asynchronous client of a location. Since all who inject it share it, only the
 * application context closes it; {@code close()} just logs a warning. Thread-safe.
 */
final class LocationAsyncClient extends ScopedS3AsyncClient implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LocationAsyncClient.class);

	private final String name;

	LocationAsyncClient(S3AsyncClient client, String name) {
		super(client);
		this.name = name;
	}

	@Override
	public void close() {
		logger.warn("The asynchronous S3 client of the {} location is not closed before the application context is",
				this.name);
	}

	@Override
	public void destroy() {
		super.close();
	}

}
