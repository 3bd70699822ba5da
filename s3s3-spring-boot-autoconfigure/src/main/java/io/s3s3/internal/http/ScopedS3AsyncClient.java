package io.s3s3.internal.http;

import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * An asynchronous client with an {@link AttemptScopeCarrier}. Thread-safe.
 */
public abstract class ScopedS3AsyncClient extends DelegatingS3AsyncClient {

	/** A client that delegates, such as one for several regions, may use any thread. */
	private final boolean direct;

	/**
	 * Create a client.
	 * @param client the client that it delegates to, which has the carrier
	 */
	protected ScopedS3AsyncClient(S3AsyncClient client) {
		super(client);
		this.direct = !(client instanceof DelegatingS3AsyncClient);
	}

	/**
	 * Return whether a client finds the scope of an attempt on the thread that calls it,
	 * so that the request need not carry it.
	 * @param client the client
	 * @return whether it does; {@code false} also if that is unknown
	 */
	public static boolean findsScope(S3AsyncClient client) {
		return client instanceof ScopedS3AsyncClient scoped && scoped.direct;
	}

}
