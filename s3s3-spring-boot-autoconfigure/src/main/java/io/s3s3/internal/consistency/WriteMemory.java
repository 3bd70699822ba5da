package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.consistency.WriteToken;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.Confirmer.Destination;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.internal.health.UnconfirmedWrites;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UpdateObjectEncryptionRequest;

/**
 * Remembers what this process has written, and finds out what of it has arrived at the
 * other location. Thread-safe.
 */
public final class WriteMemory implements UnconfirmedWrites, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WriteMemory.class);

	/** Tells this memory from those of other processes. */
	private final long origin = ThreadLocalRandom.current().nextLong();

	private final ConsistencySettings settings;

	private final boolean on;

	private final Overflow overflow;

	private final RecentWrites writes;

	private final long maxHold;

	private final TrafficDirector director;

	private final LocationPair pair;

	private final Confirmer atHome;

	private final Confirmer elsewhere;

	private final Horizon horizon;

	private final LateWrites lateWrites;

	/** What began to be held before this time no longer is. */
	private volatile long released = System.nanoTime();

	/**
	 * Create a memory without a write.
	 * @param settings how much is remembered, if anything
	 * @param pair the locations
	 * @param director where calls go now
	 * @param discoveries is told of keys that have ended wrong
	 */
	public WriteMemory(ConsistencySettings settings, LocationPair pair, TrafficDirector director,
			Discoveries discoveries) {
		this.settings = settings;
		this.on = settings.reads() == ReadConsistency.OWN_WRITES;
		this.overflow = new Overflow(settings.memory(), director);
		this.writes = new LocalWrites(settings.memory().toBytes(), this.overflow);
		this.maxHold = settings.confirmation().maxHold().toNanos();
		this.director = director;
		this.pair = pair;
		AskedPair asked = new AskedPair(pair, director, this.writes);
		this.atHome = new Confirmer(Destination.HOME, this.maxHold, asked, this::settled);
		this.elsewhere = new Confirmer(Destination.ELSEWHERE, this.maxHold, asked, this::settled);
		Duration horizon = settings.confirmation().horizon();
		Discoveries once = new OncePerWrite(discoveries, this.writes);
		this.horizon = new Horizon(horizon, asked, once);
		this.lateWrites = new LateWrites(horizon, asked, this::isAwaited, once, this.horizon::written);
	}

	/**
	 * Return what decides what is remembered.
	 * @return the settings
	 */
	public ConsistencySettings settings() {
		return this.settings;
	}

	RecentWrites writes() {
		return this.writes;
	}

	/**
	 * Return whether calls for a key stay away from where they would go.
	 * @param history what is remembered of the key
	 * @param first where they would go
	 */
	boolean isHeld(KeyHistory history, LocationRole first) {
		boolean released = first == this.director.home() && history.since() - this.released < 0;
		return !released && System.nanoTime() - history.since() <= this.maxHold;
	}

	/**
	 * Return a token of the last write of a key.
	 * @return the token, or {@code null} if none is remembered
	 */
	@Nullable WriteToken tokenOf(String key) {
		KeyHistory history = this.writes.of(key);
		return (history != null && history.anyLatest(OwnWrite::isAcknowledged))
				? CarriedHistory.write(PairPlaces.of(this.pair), this.origin, key, history) : null;
	}

	/**
	 * Read a token.
	 * @throws IllegalArgumentException if it is of another pair
	 */
	CarriedHistory read(WriteToken token) {
		return CarriedHistory.read(PairPlaces.of(this.pair), token);
	}

	/**
	 * Remember what another process has told of a key.
	 */
	void adopt(String key, CarriedHistory told) {
		KeyHistory known = this.writes.of(key);
		if (known != null && (told.source().origin() == this.origin || known.told(told) == known)) {
			return;
		}
		KeyHistory history = this.writes.written(key, told, KeyHistory::told);
		told.history().latest().forEach((write) -> awaitAtHome(key, write));
		if (history.mayBeReplaced()) {
			this.lateWrites.suspect(key);
		}
	}

	@Override
	public int at(LocationRole location) {
		return this.writes.aloneAt(location);
	}

	@Override
	public int held() {
		return this.atHome.keys().size();
	}

	@Override
	public void replicated(LocationRole to, Duration lag) {
		this.overflow.replicated(to, lag);
	}

	@Override
	public void left(LocationRole from) {
		this.overflow.beginAnew();
		this.elsewhere.awaitAllFrom(from, this.atHome.keys());
		this.horizon.written();
	}

	@Override
	public void release() {
		this.released = System.nanoTime();
		Set<String> keys = this.atHome.keys().clear();
		if (!keys.isEmpty()) {
			logger.warn("{} keys whose last write has not arrived at home are no longer held: an operator brings "
					+ "their calls back", keys.size());
		}
		keys.forEach(this::settled);
	}

	private boolean isAwaited(String key) {
		return this.atHome.keys().contains(key) || this.elsewhere.keys().contains(key);
	}

	/**
	 * Look later at a key that nobody waits for any more, if it may end wrong.
	 */
	private void settled(String key) {
		KeyHistory history = this.writes.of(key);
		if (history != null && (history.hasReplaced() || !history.knows(this.director.home()))) {
			this.lateWrites.suspect(key);
		}
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
		String key = WriteOutcome.keyOf(request);
		if (key != null) {
			Kind kind = WriteOutcome.isDeletion(request) ? Kind.DELETE : Kind.PUT;
			remember(key, new OwnWrite(kind, location, WriteOutcome.identityOf(response),
					new Span(began, ended, timeOf(response))));
		}
		else if (request instanceof DeleteObjectRequest delete && delete.versionId() != null) {
			takenBack(delete.key(), delete.versionId());
		}
		else if (request instanceof RenameObjectRequest || request instanceof UpdateObjectEncryptionRequest) {
			request.getValueForField("Key", String.class).ifPresent(this.writes::forget);
		}
	}

	/**
	 * Remember that a write was a copy of an object onto itself: what was there before
	 * it, be it somebody else's, has the same ETag, and other metadata.
	 * @param request the request, which was acknowledged
	 * @param response what the location answered
	 */
	public void copiedOntoItself(CopyObjectRequest request, @Nullable S3Response response) {
		String key = this.on ? WriteOutcome.keyOf(request) : null;
		if (key != null) {
			this.writes.written(key, WriteOutcome.identityOf(response), KeyHistory::afterSameBytes);
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
			if (isVersion(object.versionId())) {
				takenBack(object.key(), object.versionId());
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
		String key = this.on ? WriteOutcome.keyOf(request) : null;
		if (key != null) {
			Kind kind = WriteOutcome.isDeletion(request) ? Kind.MAYBE_DELETE : Kind.MAYBE_PUT;
			this.writes.written(key, new OwnWrite(kind, location, ObjectIdentity.UNKNOWN, new Span(began, ended, null)),
					KeyHistory::possible);
		}
		else if (this.on && request instanceof DeleteObjectRequest delete && delete.versionId() != null) {
			possiblyTakenBack(delete.key(), delete.versionId());
		}
	}

	/**
	 * Remember objects of whose deletion nobody knows whether it took effect.
	 * @param objects the objects, or versions of them
	 * @param location where it was sent
	 * @param began when it was sent, as {@link System#nanoTime()} counts
	 * @param ended when it had failed
	 */
	public void possiblyDeleted(Collection<ObjectIdentifier> objects, LocationRole location, long began, long ended) {
		OwnWrite write = new OwnWrite(Kind.MAYBE_DELETE, location, ObjectIdentity.UNKNOWN,
				new Span(began, ended, null));
		for (ObjectIdentifier object : this.on ? objects : List.<ObjectIdentifier>of()) {
			if (isVersion(object.versionId())) {
				possiblyTakenBack(object.key(), object.versionId());
			}
			else {
				this.writes.written(object.key(), write, KeyHistory::possible);
			}
		}
	}

	private void possiblyTakenBack(String key, @Nullable String versionId) {
		this.writes.changed(key, (history) -> history.possiblyWithout(ObjectIdentity.of(versionId, null)));
	}

	private static boolean isVersion(@Nullable String versionId) {
		return versionId != null && !versionId.isEmpty();
	}

	private void takenBack(String key, @Nullable String versionId) {
		this.writes.changed(key, (history) -> history.without(ObjectIdentity.of(versionId, null)));
		KeyHistory left = this.writes.of(key);
		if (left != null && left.isAloneAt(this.director.home().other())) {
			this.atHome.await(key);
		}
		else {
			this.horizon.written();
		}
	}

	private void remember(String key, OwnWrite write) {
		KeyHistory history = this.writes.written(key, write, KeyHistory::acknowledged);
		awaitAtHome(key, write);
		if (history.mayBeReplaced()) {
			this.lateWrites.suspect(key);
		}
	}

	private void awaitAtHome(String key, OwnWrite write) {
		if (write.location() != this.director.home()) {
			this.atHome.await(key);
		}
		else {
			this.horizon.written();
		}
	}

	/**
	 * Stop what goes on in the background.
	 */
	@Override
	public void close() {
		this.horizon.close();
		this.lateWrites.close();
		this.atHome.close();
		this.elsewhere.close();
	}

	private static @Nullable ServerTime timeOf(@Nullable S3Response response) {
		return (response != null) ? ServerTime.of(response.sdkHttpResponse(), System.currentTimeMillis()) : null;
	}

}
