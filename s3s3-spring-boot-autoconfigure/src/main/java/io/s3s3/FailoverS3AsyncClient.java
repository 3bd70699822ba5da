package io.s3s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.internal.async.AsyncClients;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.util.Assert;

/**
 * An {@link S3AsyncClient} over two locations: the asynchronous side of a
 * {@link FailoverS3Client}. Both share every decision: which location a call goes to,
 * what an error means, which writes a read must show, how long a call waits, and who
 * listens. Thread-safe if the clients of the locations are.
 * <p>
 * A future completes with the exceptions that the SDK completes it with, wrapped as the
 * SDK wraps them; when more than one location was tried, a
 * {@link io.s3s3.failure.FailoverTrace} is attached to them. Completing a future early,
 * usually by cancelling it, gives up the call: the request in flight is aborted, no other
 * one follows, and no location is blamed for it. This client never blocks an event loop:
 * later attempts, listeners and files run on threads of their own where necessary.
 * Futures complete on the completion executor of the location's client, or on one of
 * those threads if that would be an event loop.
 * <p>
 * Bodies that are files or bytes of the SDK are sent again; any other body is recorded as
 * it passes, and its publisher is subscribed to once. A download that breaks continues
 * from the other location, in the same publisher, if the object is the same there; a
 * transformer sees a single body.
 * <p>
 * This client does not split large uploads into parts.
 * <p>
 * {@link #close()} cancels the calls in progress, and new ones are refused. Whoever
 * created the clients of the locations closes them.
 *
 * @since 0.1.0
 */
public interface FailoverS3AsyncClient extends S3AsyncClient {

	/**
	 * Return the two locations.
	 * @return the pair
	 */
	LocationPair locations();

	/**
	 * Return a view of this client that also notifies a listener of its calls. This
	 * client is not changed. Closing the view does nothing.
	 * @param <E> the type of event
	 * @param type the type of event, or {@link RequestEvent} for all of them
	 * @param listener what to do with an event
	 * @return the view
	 */
	<E extends RequestEvent> FailoverS3AsyncClient on(Class<E> type, Consumer<? super E> listener);

	/**
	 * Return a view of this client whose reads return whatever the serving location has,
	 * even if it is stale. What its calls write is still remembered. Closing the view
	 * does nothing.
	 * @return the view
	 */
	FailoverS3AsyncClient asServed();

	/**
	 * Return a view of this client whose reads of objects are hedged: a read that is not
	 * answered by the time most are is sent a second time, to the same location or to the
	 * other one if that can prove that its object is no older, and the first successful
	 * answer is returned. This requires that the clients of the locations use the HTTP
	 * client of the starter. Closing the view does nothing.
	 * @return the view
	 */
	FailoverS3AsyncClient hedged();

	/**
	 * Return a view of this client whose {@code putObject} stores in parts what one
	 * request cannot carry: more than 5 GiB, or content of unknown length. They are sent
	 * in parallel, as by {@link FailoverS3Client#upload}: by the blocking clients of the
	 * locations, on threads of its own, with the content recorded as it is published. The
	 * view is meant for an {@code S3TransferManager}; closing it does nothing.
	 * @return the view
	 */
	FailoverS3AsyncClient inParts();

	/**
	 * Return a view of this client that, for one key, reads what another process has
	 * written, or fails with an exception that says that it cannot. Closing the view does
	 * nothing.
	 * @param token what the other process got from {@link #lastWrite}
	 * @return the view
	 * @throws IllegalArgumentException if the token is of another pair of buckets
	 */
	FailoverS3AsyncClient after(WriteToken token);

	/**
	 * Return a token that tells another process of the last write of a key, including
	 * writes of the blocking client, so that it reads {@linkplain #after after} that
	 * write.
	 * @param key the key
	 * @return the token, or empty if this process does not remember a write of the key
	 */
	Optional<WriteToken> lastWrite(String key);

	/**
	 * Read an object into a new file, which appears only once it is complete: until then
	 * the content is in a hidden file next to it.
	 * @param request the request
	 * @param target the file, which must not exist, in a directory that does
	 * @return completes with the response, which holds the metadata of the object
	 */
	@Override
	CompletableFuture<GetObjectResponse> getObject(GetObjectRequest request, Path target);

	/**
	 * Create a builder of a client.
	 * @return the builder
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds a {@link FailoverS3AsyncClient}. The failover client and the client of each
	 * location are required. Not thread-safe.
	 */
	final class Builder {

		private @Nullable FailoverS3Client client;

		private @Nullable S3AsyncClient primary;

		private @Nullable S3AsyncClient secondary;

		private final List<RequestListener> listeners = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Set the failover client whose asynchronous side this is. It probes and cleans
		 * up in the background, so close it after this one.
		 * @param client the client, as its builder made it
		 * @return this builder
		 */
		public Builder client(FailoverS3Client client) {
			this.client = client;
			return this;
		}

		/**
		 * Set the client that reaches the primary location.
		 * @param client the client, for the same place as the blocking one
		 * @return this builder
		 */
		public Builder primary(S3AsyncClient client) {
			this.primary = client;
			return this;
		}

		/**
		 * Set the client that reaches the secondary location.
		 * @param client the client, for the same place as the blocking one
		 * @return this builder
		 */
		public Builder secondary(S3AsyncClient client) {
			this.secondary = client;
			return this;
		}

		/**
		 * Add a listener to the events of all calls, in addition to those of the failover
		 * client.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(RequestListener listener) {
			Assert.notNull(listener, "listener is required");
			this.listeners.add(listener);
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 * @throws IllegalArgumentException if a client is missing, or the failover client
		 * was not made by its builder
		 */
		public FailoverS3AsyncClient build() {
			Assert.notNull(this.client, "The failover client is required");
			Assert.notNull(this.primary, "The asynchronous client of the primary location is required");
			Assert.notNull(this.secondary, "The asynchronous client of the secondary location is required");
			DefaultFailoverS3Client client = DefaultFailoverS3Client.behind(this.client);
			Assert.notNull(client, "The failover client must be one that its builder made");
			if (client.engine().services().repeats().hedged()) {
				UnhedgedClients.report(this.primary, this.secondary, "asynchronous");
			}
			return DefaultFailoverS3AsyncClient.of(client, new AsyncClients(this.primary, this.secondary),
					this.listeners);
		}

	}

}
