package io.s3s3.internal.multipart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * An upload that a caller splits itself, and that may start over at the other location as
 * long as all its parts are kept. After that it is bound to where it is. Nothing here
 * calls a location. Thread-safe; guarded by "this".
 */
final class PortableUpload {

	private static final Duration REST = Duration.ofSeconds(10);

	private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

	private final String id;

	private final CreateMultipartUploadRequest request;

	private final KeptBytes bytes;

	private final Movers movers;

	private final Map<Integer, KeptPart> parts = new TreeMap<>();

	private final Incarnation first;

	private Incarnation current;

	/** The incarnation that has begun but does not have all parts yet. */
	private @Nullable Incarnation next;

	private @Nullable UploadMove move;

	private boolean bound;

	private boolean ended;

	private long lastUse = System.nanoTime();

	/** Whether it was asked to complete, with unknown outcome. */
	private boolean possiblyCompleted;

	/** When the last move failed, by nanoTime; {@code null} if it did not fail. */
	private @Nullable Long failedAt;

	/**
	 * Create an upload that has begun.
	 * @param id its id, as the caller knows it
	 * @param request the caller's request
	 * @param begun its first incarnation
	 * @param bytes where its parts are kept
	 * @param movers start it over elsewhere
	 */
	PortableUpload(String id, CreateMultipartUploadRequest request, Incarnation begun, KeptBytes bytes, Movers movers) {
		this.id = id;
		this.request = request;
		this.first = begun;
		this.current = begun;
		this.bytes = bytes;
		this.movers = movers;
	}

	String id() {
		return this.id;
	}

	CreateMultipartUploadRequest request() {
		return this.request;
	}

	KeptBytes bytes() {
		return this.bytes;
	}

	synchronized Location location() {
		return this.current.location();
	}

	/**
	 * Return the real id where the upload is now.
	 */
	synchronized String realId() {
		return this.current.realId();
	}

	/**
	 * Return whether a key is that of the upload. A request for another key means another
	 * upload, which is not known here.
	 */
	boolean isOf(@Nullable String key) {
		return this.request.key().equals(key);
	}

	synchronized boolean isMovable() {
		return !this.bound && !this.ended;
	}

	synchronized boolean isPossiblyCompleted() {
		return this.possiblyCompleted;
	}

	synchronized void possiblyCompleted() {
		this.possiblyCompleted = true;
	}

	/**
	 * Return whether it is, or is about to be, at another location than its id says.
	 */
	synchronized boolean hasMoved() {
		return this.current != this.first;
	}

	synchronized boolean isKeepingParts() {
		return isMovable() && !this.parts.isEmpty();
	}

	/**
	 * Return whether a move failed recently, so that the next one is left to a call.
	 */
	synchronized boolean isResting(long now) {
		return this.failedAt != null && now - this.failedAt < REST.toNanos();
	}

	/**
	 * Return whether all of these parts are kept, as the caller knows them. Others were
	 * sent by another process.
	 */
	synchronized boolean keeps(List<CompletedPart> parts) {
		return parts.stream().allMatch((part) -> {
			KeptPart kept = (part.partNumber() != null) ? this.parts.get(part.partNumber()) : null;
			return kept != null && kept.told().has(part.eTag());
		});
	}

	/**
	 * Return how long it has not been used.
	 */
	synchronized long idleSince(long now) {
		return (this.move != null || this.current.isVisited()) ? 0 : now - this.lastUse;
	}

	/**
	 * Move it to a location with all its parts, if it may be moved.
	 * @return completes when it is there, or may not be moved
	 */
	CompletableFuture<Void> bringTo(Location target) {
		UploadMove move;
		synchronized (this) {
			if (!isMovable() || (this.current.isAt(target) && missingIn(this.current).isEmpty())) {
				return DONE;
			}
			UploadMove running = this.move;
			if (running != null) {
				return running.isTo(target) ? running.done()
						: running.done().handle((moved, error) -> moved).thenCompose((moved) -> bringTo(target));
			}
			move = new UploadMove(this, target, this.movers);
			this.move = move;
		}
		move.start();
		return move.done();
	}

	/**
	 * Begin a visit of a call.
	 * @param location the location of the call
	 * @throws SdkClientException if the upload is elsewhere
	 */
	synchronized Incarnation enter(Location location) {
		if (!this.current.isAt(location)) {
			throw SdkClientException.create("The upload is bound to the " + this.current.location().role()
					+ " location, since not all its parts are kept");
		}
		this.lastUse = System.nanoTime();
		this.current.enter();
		return this.current;
	}

	void exit(Incarnation visited) {
		boolean over;
		synchronized (this) {
			this.lastUse = System.nanoTime();
			over = visited.exit();
		}
		if (over) {
			this.movers.leaveBehind(this, visited);
		}
	}

	/**
	 * Keep a part that an incarnation accepted. It replaces an earlier one of the same
	 * number.
	 */
	synchronized void keep(KeptPart part, Incarnation taker) {
		if (isMovable()) {
			this.parts.put(part.number(), part);
			taker.sent(part, part.told());
		}
	}

	/**
	 * Bind it to where it is. Returns whether it was not bound before.
	 */
	boolean bind() {
		Incarnation unfinished;
		synchronized (this) {
			if (!isMovable()) {
				return false;
			}
			this.bound = true;
			unfinished = takeUnfinished();
		}
		this.movers.release(this, unfinished);
		return true;
	}

	/**
	 * End it. It may have moved while a call was in flight: what is elsewhere then is
	 * aborted.
	 * @param over the incarnation that its location has ended, or {@code null} for none
	 */
	void end(@Nullable Incarnation over) {
		Incarnation unfinished;
		Incarnation left;
		synchronized (this) {
			this.ended = true;
			unfinished = takeUnfinished();
			left = (this.current != over && this.current.leave()) ? this.current : null;
		}
		this.movers.release(this, unfinished);
		if (over != null) {
			this.movers.ended(over);
		}
		if (left != null) {
			this.movers.leaveBehind(this, left);
		}
	}

	private @Nullable Incarnation takeUnfinished() {
		Incarnation unfinished = (this.move == null) ? this.next : null;
		if (unfinished != null) {
			this.next = null;
		}
		return unfinished;
	}

	/**
	 * Return the incarnation that must have all parts for the upload to be at a location.
	 * @return the incarnation, or {@code null} if it must be begun
	 */
	synchronized @Nullable Incarnation incarnationAt(Location target) {
		return this.current.isAt(target) ? this.current : this.next;
	}

	synchronized @Nullable String eTagFor(Incarnation there, int number, @Nullable String told) {
		return there.eTagFor(number, told);
	}

	synchronized @Nullable String toldFor(Incarnation there, int number, @Nullable String eTag) {
		return there.toldFor(number, eTag);
	}

	synchronized void begun(Incarnation next) {
		this.next = next;
	}

	synchronized void sent(Incarnation there, KeptPart part, PartTag tag) {
		there.sent(part, tag);
	}

	/**
	 * Return the parts that an incarnation lacks, or none if the upload needs no more
	 * parts.
	 */
	synchronized List<KeptPart> missingIn(Incarnation there) {
		return isMovable() ? this.parts.values().stream().filter((part) -> !there.has(part)).toList() : List.of();
	}

	/**
	 * Called when a move has sent the missing parts. Returns whether it is complete: not
	 * if other parts have been sent meanwhile.
	 */
	boolean arrived(Incarnation there) {
		Incarnation old = null;
		synchronized (this) {
			if (!missingIn(there).isEmpty()) {
				return false;
			}
			this.move = null;
			this.failedAt = null;
			if (there != this.current) {
				this.next = null;
				old = isMovable() ? this.current : there;
				this.current = isMovable() ? there : this.current;
				old = old.leave() ? old : null;
			}
		}
		if (old != null) {
			this.movers.leaveBehind(this, old);
		}
		return true;
	}

	/**
	 * Called when a move has failed.
	 * @param gone whether the new incarnation is of no more use
	 */
	void failed(boolean gone) {
		Incarnation unfinished;
		synchronized (this) {
			this.move = null;
			this.failedAt = System.nanoTime();
			unfinished = (gone || !isMovable()) ? takeUnfinished() : null;
		}
		if (unfinished != null) {
			this.movers.leaveBehind(this, unfinished);
		}
	}

	/**
	 * Release it, because the client is closed. If it is at another location than its id
	 * says, nobody can find it again.
	 */
	void close() {
		bind();
		boolean lost;
		synchronized (this) {
			lost = !this.ended && hasMoved();
		}
		if (lost) {
			end(null);
		}
	}

}
