package io.s3s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.call.DiscoveryEvents;
import io.s3s3.internal.call.Repeats;
import io.s3s3.internal.call.RetryBudget;
import io.s3s3.internal.call.RetryRounds;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.internal.hedge.Hedges;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.util.Assert;

/**
 * An {@link S3Client} over two locations: each operation goes to the primary, and when
 * that has an unexpected problem, the secondary serves the same call. Thread-safe if the
 * clients of the locations are.
 * <p>
 * A request for either bucket of the pair, or for none, is addressed to the bucket of the
 * location that it goes to. A request for any other bucket goes to the primary's client
 * as it is. Exceptions are those of the location's client; when more than one location
 * was tried, a {@link io.s3s3.failure.FailoverTrace} is attached to them.
 * <p>
 * {@link #close()} only ends the background work, which aborts uploads that were given
 * up: whoever created the clients of the locations closes them.
 *
 * @since 0.1.0
 */
public interface FailoverS3Client extends S3Client {

	/**
	 * Return the two locations.
	 * @return the pair
	 */
	LocationPair locations();

	/**
	 * Return home: the location that calls go to first while it is well. It is the
	 * primary unless an operator chose otherwise; an outage does not change it.
	 * @return the location
	 */
	Location home();

	/**
	 * Return what signs URLs for the location that a call would go to first. A signed URL
	 * does not fail over, and does not carry the expected bucket owner.
	 * @return a presigner; its methods throw {@link IllegalStateException} if the
	 * location has none
	 */
	S3Presigner presigner();

	/**
	 * Store an object of any size: in one request, or in parts that are sent in parallel
	 * if it is large or its length is unknown. When a location fails midway, the upload
	 * starts over at the other one. Listeners see a single {@code PutObject} call.
	 * @param request the request; one that has a checksum of the whole content is sent in
	 * one piece
	 * @param body the content; one that can be read only once is recorded while it is
	 * read
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(PutObjectRequest request, RequestBody body);

	/**
	 * Return a view of this client that also notifies a listener of its calls. This
	 * client is not changed. Closing the view does nothing.
	 * @param <E> the type of event
	 * @param type the type of event, or {@link RequestEvent} for all of them
	 * @param listener what to do with an event
	 * @return the view
	 */
	<E extends RequestEvent> FailoverS3Client on(Class<E> type, Consumer<? super E> listener);

	/**
	 * Return a view of this client whose reads return whatever the serving location has,
	 * even if it is stale. Writes are still remembered. Closing the view does nothing.
	 * @return the view
	 */
	FailoverS3Client asServed();

	/**
	 * Return a view of this client whose reads of objects are hedged: a read that is not
	 * answered by the time most are is sent a second time, to the same location or to the
	 * other one if that can prove that its object is no older, and the first successful
	 * answer is returned. This requires that the clients of the locations use the HTTP
	 * client of the starter. Closing the view does nothing.
	 * @return the view
	 */
	FailoverS3Client hedged();

	/**
	 * Return a view of this client that, for one key, reads what another process has
	 * written, or throws an exception that says that it cannot, as for writes of this
	 * process. For other keys it promises what this client does. The first call for the
	 * key of the token remembers what the token says. Closing the view does nothing.
	 * @param token what the other process got from {@link #lastWrite}
	 * @return the view
	 * @throws IllegalArgumentException if the token is of another pair of buckets
	 */
	FailoverS3Client after(WriteToken token);

	/**
	 * Return a token that tells another process of the last write of a key, so that it
	 * reads {@linkplain #after after} that write.
	 * @param key the key
	 * @return the token, or empty if this process does not remember a write of the key
	 */
	Optional<WriteToken> lastWrite(String key);

	/**
	 * Create a builder of a client.
	 * @return the builder
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds a {@link FailoverS3Client}. Both locations are required. Not thread-safe.
	 */
	final class Builder {

		private @Nullable Location primary;

		private @Nullable Location secondary;

		private final List<RequestListener> listeners = new ArrayList<>();

		private FailureClassifier classifier = FailureClassifier.of(false);

		private @Nullable TrafficDirector director;

		private boolean conditionalWrites;

		private boolean carrySecrets = true;

		private TransferSettings transfer = TransferSettings.defaults();

		private ConsistencySettings consistency = ConsistencySettings.DEFAULTS;

		private AttemptLimits limits = AttemptLimits.DEFAULT;

		private HedgeSettings hedge = HedgeSettings.DEFAULTS;

		private Builder() {
		}

		/**
		 * Set the primary location.
		 * @param client the client that reaches it
		 * @param bucket its bucket
		 * @return this builder
		 */
		public Builder primary(S3Client client, String bucket) {
			this.primary = Location.of(LocationRole.PRIMARY, client, bucket);
			return this;
		}

		/**
		 * Set the secondary location.
		 * @param client the client that reaches it
		 * @param bucket its bucket
		 * @return this builder
		 */
		public Builder secondary(S3Client client, String bucket) {
			this.secondary = Location.of(LocationRole.SECONDARY, client, bucket);
			return this;
		}

		/**
		 * Set both locations.
		 * @param pair the locations
		 * @return this builder
		 */
		public Builder locations(LocationPair pair) {
			Assert.notNull(pair, "pair is required");
			this.primary = pair.primary();
			this.secondary = pair.secondary();
			return this;
		}

		/**
		 * Add a listener to the events of all calls.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(RequestListener listener) {
			Assert.notNull(listener, "listener is required");
			this.listeners.add(listener);
			return this;
		}

		/**
		 * Set what decides which failures another location may cure. By default access
		 * denied is not one of them.
		 * @param classifier the classifier
		 * @return this builder
		 */
		public Builder classifier(FailureClassifier classifier) {
			Assert.notNull(classifier, "classifier is required");
			this.classifier = classifier;
			return this;
		}

		/**
		 * Set what directs the traffic. Keep a reference to it in order to listen to it,
		 * control it, and probe the locations with it. By default the client has one of
		 * its own with the {@linkplain io.s3s3.health.HealthSettings#DEFAULTS default
		 * settings}.
		 * @param director the director, of this client only
		 * @return this builder
		 */
		public Builder director(TrafficDirector director) {
			Assert.notNull(director, "director is required");
			this.director = director;
			return this;
		}

		/**
		 * Set whether a write with a condition such as {@code If-Match} may go to the
		 * other location. By default it may not: a condition checked in one bucket says
		 * nothing about the other.
		 * @param allowed whether it may
		 * @return this builder
		 */
		public Builder conditionalWrites(boolean allowed) {
			this.conditionalWrites = allowed;
			return this;
		}

		/**
		 * Set whether a request that carries its own credentials or encryption keys
		 * (SSE-C) may take them to the other location. By default it may; otherwise it
		 * only goes home.
		 * @param allowed whether it may
		 * @return this builder
		 */
		public Builder carrySecrets(boolean allowed) {
			this.carrySecrets = allowed;
			return this;
		}

		/**
		 * Set how bodies are buffered and split into parts.
		 * @param settings the settings, {@link TransferSettings#defaults()} unless set
		 * @return this builder
		 */
		public Builder transfer(TransferSettings settings) {
			Assert.notNull(settings, "settings is required");
			this.transfer = settings;
			return this;
		}

		/**
		 * Set what reads promise while the locations differ.
		 * @param settings the settings, {@link ConsistencySettings#DEFAULTS} unless set
		 * @return this builder
		 */
		public Builder consistency(ConsistencySettings settings) {
			Assert.notNull(settings, "settings is required");
			this.consistency = settings;
			return this;
		}

		/**
		 * Set when a slow read gets a second request.
		 * @param settings the settings, {@link HedgeSettings#DEFAULTS} unless set
		 * @return this builder
		 */
		public Builder hedge(HedgeSettings settings) {
			Assert.notNull(settings, "settings is required");
			this.hedge = settings;
			return this;
		}

		/**
		 * Set how often a call tries the locations in turn while all of them throttle or
		 * fail in ways that may be transient. By default it is as patient as a client of
		 * the SDK: four rounds, with waits of up to 100 ms at first. A budget shared by
		 * all calls bounds the number of further rounds.
		 * @param maximum the number of rounds, at least 1
		 * @param backOff the longest wait before the second round; it doubles with each
		 * round, and is five times as long when a location throttles. Each wait is
		 * random, between zero and the longest
		 * @return this builder
		 */
		public Builder rounds(int maximum, Duration backOff) {
			Assert.notNull(backOff, "backOff is required");
			this.limits = new AttemptLimits(maximum, backOff, this.limits.callTimeout());
			return this;
		}

		/**
		 * Set how long a call may take at all locations together. A call that has not
		 * completed by then ends with an
		 * {@link software.amazon.awssdk.core.exception.ApiCallTimeoutException} or with
		 * the error of its last attempt. A download as a stream has completed when the
		 * stream is returned. By default there is no limit as long as bytes move.
		 * @param callTimeout the time, more than zero, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder callTimeout(@Nullable Duration callTimeout) {
			this.limits = new AttemptLimits(this.limits.maxRounds(), this.limits.backOff(), callTimeout);
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 * @throws IllegalArgumentException if a client or a bucket is missing
		 */
		public FailoverS3Client build() {
			Assert.notNull(this.primary, "The primary location is required: its client and its bucket");
			Assert.notNull(this.secondary, "The secondary location is required: its client and its bucket");
			LocationPair pair = new LocationPair(this.primary, this.secondary);
			TrafficDirector director = (this.director != null) ? this.director
					: new TrafficDirector(HealthSettings.DEFAULTS, List.of());
			RequestListener listener = RequestListener.composite(this.listeners);
			WriteMemory memory = new WriteMemory(this.consistency, pair, director,
					new DiscoveryEvents(listener, pair.primary().bucket()));
			Router router = new Router(pair, director, this.conditionalWrites, this.carrySecrets, memory);
			IncompleteUploads uploads = new IncompleteUploads(this.transfer.directory());
			CallServices services = new CallServices(router, this.classifier, director, repeats(director, pair),
					uploads);
			uploads.recover(List.of(pair.primary(), pair.secondary()));
			FailoverEngine engine = new FailoverEngine(pair, services, this.transfer);
			return DefaultFailoverS3Client.of(pair, engine, listener);
		}

		private Repeats repeats(TrafficDirector director, LocationPair pair) {
			RetryRounds rounds = new RetryRounds(this.limits, new RetryBudget(),
					() -> ThreadLocalRandom.current().nextDouble());
			Hedges hedges = new Hedges(this.hedge, this.transfer.threads().named("s3s3-hedge"));
			if (this.hedge.enabled()) {
				director.track(hedges);
				UnhedgedClients.report(pair.primary().client(), pair.secondary().client(), "blocking");
			}
			return new Repeats(rounds, hedges, this.hedge.enabled());
		}

	}

}
