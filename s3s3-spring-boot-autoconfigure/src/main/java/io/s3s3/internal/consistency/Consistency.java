package io.s3s3.internal.consistency;

import java.util.Collection;
import java.util.List;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UpdateObjectEncryptionRequest;

/**
 * Remembers what this process has written, and holds what it reads against that.
 * Thread-safe.
 */
public final class Consistency implements AutoCloseable {

	private final boolean on;

	private final RecentWrites writes;

	private final long maxHold;

	private final Confirmer confirmer;

	/**
	 * Create a memory without a write.
	 * @param settings what reads promise
	 * @param pair the locations
	 * @param director where calls go now
	 */
	public Consistency(ConsistencySettings settings, LocationPair pair, TrafficDirector director) {
		this.on = settings.reads() == ReadConsistency.OWN_WRITES;
		this.writes = new RecentWrites(settings.memory().toBytes());
		this.maxHold = settings.maxHold().toNanos();
		this.confirmer = new Confirmer(pair, director, this.writes);
	}

	/**
	 * Return whether nothing is remembered.
	 * @return whether that is so
	 */
	public boolean isEmpty() {
		return this.writes.isEmpty();
	}

	/**
	 * Return where calls for a key go first.
	 * @param key the key, {@code null} if there is none
	 * @param first where they would go otherwise
	 * @return the location that took the last write while the other one has not shown it,
	 * or {@code null} if they go where they would
	 */
	public @Nullable LocationRole heldAt(@Nullable String key, LocationRole first) {
		KeyHistory history = (key != null) ? this.writes.of(key) : null;
		if (history == null || history.knows(first) || System.nanoTime() - history.since() > this.maxHold) {
			return null;
		}
		return history.writer();
	}

	/**
	 * Return what holds the answers to a call against what was written before it.
	 * @param request the request
	 * @param sourceKey the key of the source, if it is a copy within the pair
	 * @return the check, or {@code null} if there is nothing to hold them against
	 */
	public @Nullable ReadCheck check(S3Request request, @Nullable String sourceKey) {
		ObjectRead read = ObjectRead.of(request, sourceKey);
		if (read == null) {
			return null;
		}
		KeyHistory history = this.writes.of(read.key());
		return (history != null) ? new ReadCheck(this.writes, read, request, history) : null;
	}

	/**
	 * Remember a write that a location has acknowledged.
	 * @param request the request
	 * @param location the location
	 * @param response what it answered
	 * @param began when the request was sent, as {@link System#nanoTime()} counts
	 * @param ended when the answer had come
	 */
	public void acknowledged(S3Request request, LocationRole location, @Nullable S3Response response, long began,
			long ended) {
		if (!this.on) {
			return;
		}
		WriteOutcome outcome = WriteOutcome.of(request, response);
		if (outcome != null) {
			remember(outcome.key(), outcome.at(location, new Span(began, ended, timeOf(response))));
		}
		else if (request instanceof DeleteObjectRequest delete && delete.versionId() != null) {
			strike(delete.key(), delete.versionId());
		}
		else if (request instanceof RenameObjectRequest || request instanceof UpdateObjectEncryptionRequest) {
			request.getValueForField("Key", String.class).ifPresent(this.writes::forget);
		}
	}

	/**
	 * Remember the objects that a location has deleted.
	 * @param deleted the objects
	 * @param location the location
	 * @param response the answer that told so
	 * @param began when the request was sent, as {@link System#nanoTime()} counts
	 * @param ended when the answer had come
	 */
	public void deleted(Collection<DeletedObject> deleted, LocationRole location, S3Response response, long began,
			long ended) {
		if (!this.on) {
			return;
		}
		Span span = new Span(began, ended, timeOf(response));
		for (DeletedObject object : deleted) {
			if (object.versionId() != null && !object.versionId().isEmpty()) {
				strike(object.key(), object.versionId());
			}
			else {
				remember(object.key(), new OwnWrite(Kind.DELETE, location,
						ObjectIdentity.of(object.deleteMarkerVersionId(), null), span));
			}
		}
	}

	/**
	 * Remember a write of which nobody knows whether it took effect.
	 * @param request the request
	 * @param location where it was sent
	 * @param began when it was sent, as {@link System#nanoTime()} counts
	 * @param ended when it had failed
	 */
	public void possible(S3Request request, LocationRole location, long began, long ended) {
		WriteOutcome outcome = this.on ? WriteOutcome.of(request, null) : null;
		if (outcome != null) {
			OwnWrite write = outcome.maybe(location, new Span(began, ended, null));
			this.writes.written(outcome.key(), (history) -> history.possible(write));
		}
	}

	/**
	 * Remember objects of whose deletion nobody knows whether it took effect.
	 * @param keys their keys
	 * @param location where it was sent
	 * @param began when it was sent, as {@link System#nanoTime()} counts
	 * @param ended when it had failed
	 */
	public void possiblyDeleted(Collection<String> keys, LocationRole location, long began, long ended) {
		OwnWrite write = new OwnWrite(Kind.MAYBE_DELETE, location, ObjectIdentity.UNKNOWN,
				new Span(began, ended, null));
		for (String key : this.on ? keys : List.<String>of()) {
			this.writes.written(key, (history) -> history.possible(write));
		}
	}

	private void strike(String key, String versionId) {
		KeyHistory before = this.writes.of(key);
		if (before != null) {
			this.writes.seen(key, before, before.without(versionId));
		}
	}

	private void remember(String key, OwnWrite write) {
		this.writes.written(key, (history) -> history.acknowledged(write));
		this.confirmer.written(key, write);
	}

	/**
	 * Stop what goes on in the background.
	 */
	@Override
	public void close() {
		this.confirmer.close();
	}

	private static @Nullable ServerTime timeOf(@Nullable S3Response response) {
		return (response != null) ? ServerTime.of(response.sdkHttpResponse(), System.currentTimeMillis()) : null;
	}

}
