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
 * {@link FailoverS3Client}. Whatever that one decides holds here, too: which location a
 * call goes to, what an error means, what was written and must be read, how patient a
 * call is, and who listens. Thread-safe if the clients of the locations are.
 * <p>
 * A future completes with the exceptions that the SDK completes it with, wrapped as the
 * SDK wraps them; when more than one location was tried, a
 * {@link io.s3s3.failure.FailoverTrace} hangs on them. Whoever completes a future first,
 * by cancelling it above all, gives up the call: the request under way is aborted, no
 * other one follows, and it counts against no location. Nothing of ours blocks an event
 * loop: later attempts, listeners and files have threads of their own where need be.
 * Futures complete on the completion executor of the location's client, or on one of
 * those threads if that would be an event loop.
 * <p>
 * Bodies that are files or bytes of the SDK are sent again; any other is recorded while
 * it passes, its publisher subscribed to once. A download that breaks goes on with the
 * other location, in the same publisher, if the object is the same there; a transformer
 * gets one body.
 * <p>
 * What this client does not do yet is to cut large uploads into parts.
 * <p>
 * {@link #close()} refuses new calls and gives up those that go on. The clients of the
 * locations are closed by who made them.
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
	 * Return a view of this client that also tells a listener of its calls. This client
	 * is not changed. To close the view does nothing.
	 * @param <E> the type of event
	 * @param type the type of event, {@link RequestEvent} for all of them
	 * @param listener what to do with an event
	 * @return the view
	 */
	<E extends RequestEvent> FailoverS3AsyncClient on(Class<E> type, Consumer<? super E> listener);

	/**
	 * Return a view of this client whose reads return what the location has that serves
	 * them, be it old. What its calls write is remembered. To close the view does
	 * nothing.
	 * @return the view
	 */
	FailoverS3AsyncClient asServed();

	/**
	 * Return a view of this client whose reads of objects are hedged: one that is not
	 * answered when most are is sent a second time, to the same location or to one that
	 * can prove to have no older object, and the first good answer is returned. It takes
	 * clients of the locations whose HTTP client the starter makes. To close the view
	 * does nothing.
	 * @return the view
	 */
	FailoverS3AsyncClient hedged();

	/**
	 * Return a view of this client that reads of one key what another process has
	 * written, or fails with an exception that says that it cannot. To close the view
	 * does nothing.
	 * @param token what the other process got from {@link #lastWrite}
	 * @return the view
	 * @throws IllegalArgumentException if the token is of another pair of buckets
	 */
	FailoverS3AsyncClient after(WriteToken token);

	/**
	 * Return what tells another process of the last write of a key, be it one of the
	 * blocking client, so that it reads {@linkplain #after after} that.
	 * @param key the key
	 * @return the token, or empty if this process does not remember a write of the key
	 */
	Optional<WriteToken> lastWrite(String key);

	/**
	 * Read an object into a new file, which is there only when all of it is: it is
	 * written beside it, under a hidden name.
	 * @param request the request
	 * @param target the file, which must not exist, in a directory that does
	 * @return completes with what S3 knows of the object
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
		 * Set the failover client whose asynchronous side this is. It is what probes and
		 * tidies up in the background, so it is closed after this one.
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
		 * Add a listener to the events of all calls, beside those of the failover client.
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
			Assert.isInstanceOf(DefaultFailoverS3Client.class, this.client,
					"The failover client must be one that its builder made");
			DefaultFailoverS3Client client = (DefaultFailoverS3Client) this.client;
			if (client.engine().services().repeats().hedged()) {
				UnhedgedClients.report(this.primary, this.secondary, "asynchronous");
			}
			return DefaultFailoverS3AsyncClient.of(client, new AsyncClients(this.primary, this.secondary),
					this.listeners);
		}

	}

}
