package io.s3s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.call.RetryBudget;
import io.s3s3.internal.call.RetryRounds;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.util.Assert;

/**
 * Collects what a client is made of.
 */
final class FailoverS3ClientBuilder implements FailoverS3Client.Builder {

	private @Nullable Location primary;

	private @Nullable Location secondary;

	private final List<RequestListener> listeners = new ArrayList<>();

	private FailureClassifier classifier = FailureClassifier.of(false);

	private @Nullable TrafficDirector director;

	private boolean conditionalWrites;

	private boolean carrySecrets = true;

	private TransferSettings transfer = TransferSettings.defaults();

	private AttemptLimits limits = AttemptLimits.DEFAULT;

	@Override
	public FailoverS3Client.Builder primary(S3Client client, String bucket) {
		this.primary = Location.of(LocationRole.PRIMARY, client, bucket);
		return this;
	}

	@Override
	public FailoverS3Client.Builder secondary(S3Client client, String bucket) {
		this.secondary = Location.of(LocationRole.SECONDARY, client, bucket);
		return this;
	}

	@Override
	public FailoverS3Client.Builder locations(LocationPair pair) {
		Assert.notNull(pair, "pair is required");
		this.primary = pair.primary();
		this.secondary = pair.secondary();
		return this;
	}

	@Override
	public FailoverS3Client.Builder listener(RequestListener listener) {
		Assert.notNull(listener, "listener is required");
		this.listeners.add(listener);
		return this;
	}

	@Override
	public FailoverS3Client.Builder classifier(FailureClassifier classifier) {
		Assert.notNull(classifier, "classifier is required");
		this.classifier = classifier;
		return this;
	}

	@Override
	public FailoverS3Client.Builder director(TrafficDirector director) {
		Assert.notNull(director, "director is required");
		this.director = director;
		return this;
	}

	@Override
	public FailoverS3Client.Builder conditionalWrites(boolean allowed) {
		this.conditionalWrites = allowed;
		return this;
	}

	@Override
	public FailoverS3Client.Builder carrySecrets(boolean allowed) {
		this.carrySecrets = allowed;
		return this;
	}

	@Override
	public FailoverS3Client.Builder transfer(TransferSettings settings) {
		Assert.notNull(settings, "settings is required");
		this.transfer = settings;
		return this;
	}

	@Override
	public FailoverS3Client.Builder rounds(int maximum, Duration backOff) {
		Assert.notNull(backOff, "backOff is required");
		this.limits = new AttemptLimits(maximum, backOff, this.limits.callTimeout());
		return this;
	}

	@Override
	public FailoverS3Client.Builder callTimeout(@Nullable Duration callTimeout) {
		this.limits = new AttemptLimits(this.limits.maxRounds(), this.limits.backOff(), callTimeout);
		return this;
	}

	@Override
	public FailoverS3Client build() {
		Assert.notNull(this.primary, "The primary location is required: its client and its bucket");
		Assert.notNull(this.secondary, "The secondary location is required: its client and its bucket");
		LocationPair pair = new LocationPair(this.primary, this.secondary);
		TrafficDirector director = (this.director != null) ? this.director
				: new TrafficDirector(HealthSettings.DEFAULTS, List.of());
		Router router = new Router(pair, director, this.conditionalWrites, this.carrySecrets);
		IncompleteUploads uploads = new IncompleteUploads(this.transfer.directory());
		RetryRounds rounds = new RetryRounds(this.limits, new RetryBudget(),
				() -> ThreadLocalRandom.current().nextDouble());
		CallServices services = new CallServices(router, this.classifier, director, rounds, uploads);
		uploads.recover(List.of(pair.primary(), pair.secondary()));
		FailoverEngine engine = new FailoverEngine(pair, services, this.transfer);
		return DefaultFailoverS3Client.of(pair, engine, RequestListener.composite(this.listeners));
	}

}
