package io.s3s3.internal.multipart;

import java.util.HashMap;
import java.util.Map;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;

/**
 * An upload as one location knows it. Guarded by its {@link PortableUpload}, except for
 * what never changes.
 */
final class Incarnation {

	private final Location location;

	private final String realId;

	/** The parts, by their numbers. */
	private final Map<Integer, Sent> sent = new HashMap<>();

	/** How many calls are in flight to it. */
	private int visits;

	/** Whether the upload has moved elsewhere, or was given up. */
	private boolean left;

	private boolean deserted;

	Incarnation(Location location, String realId) {
		this.location = location;
		this.realId = realId;
	}

	Location location() {
		return this.location;
	}

	String realId() {
		return this.realId;
	}

	boolean isAt(Location location) {
		return this.location.role() == location.role();
	}

	void sent(KeptPart part, PartTag tag) {
		this.sent.put(part.number(), new Sent(part, tag));
	}

	boolean has(KeptPart part) {
		Sent sent = this.sent.get(part.number());
		return sent != null && sent.part() == part;
	}

	/**
	 * Return the ETag of the location for a part that the caller knows by another ETag.
	 * @return the ETag, or {@code null} if it is not that part's
	 */
	@Nullable String eTagFor(int number, @Nullable String told) {
		Sent sent = this.sent.get(number);
		return (sent != null && sent.part().told().has(told)) ? sent.tag().eTag() : null;
	}

	/**
	 * Return the ETag by which the caller knows a part.
	 * @return the ETag, or {@code null} if it is not that part's
	 */
	@Nullable String toldFor(int number, @Nullable String eTag) {
		Sent sent = this.sent.get(number);
		return (sent != null && sent.tag().has(eTag)) ? sent.part().told().eTag() : null;
	}

	void enter() {
		this.visits++;
	}

	/**
	 * End a visit. Returns whether it was the last one to an upload that has left.
	 */
	boolean exit() {
		this.visits--;
		return isNewlyDeserted();
	}

	/**
	 * Record that the upload has left. Returns whether no call is in flight to it.
	 */
	boolean leave() {
		this.left = true;
		return isNewlyDeserted();
	}

	private boolean isNewlyDeserted() {
		boolean before = this.deserted;
		this.deserted |= this.left && this.visits == 0;
		return this.deserted && !before;
	}

	boolean isVisited() {
		return this.visits > 0;
	}

	/**
	 * A part as this location knows it.
	 */
	private record Sent(KeptPart part, PartTag tag) {

	}

}
