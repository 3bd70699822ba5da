package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one key. Immutable.
 * <p>
 * Writes are ordered by real time alone: one that ended before another began is
 * <em>superseded</em> by it. All others are <em>admissible</em>; which of those that
 * overlap wins is the stores' affair. A write that may have taken effect widens what is
 * admissible and supersedes nothing. A location <em>knows</em> of the last write if it
 * took it, or has shown it. What an answer is worth in that light is up to the
 * {@link KeyJudge}.
 *
 * @param latest the writes that are admissible, in the order in which they were heard of
 * @param superseded the versions and ETags that are not
 * @param spread which locations know of the last write
 * @param doubts what makes an answer less certain
 * @param before what was remembered before the last write that superseded others, without
 * what was before that; {@code null} if it is not known
 */
record KeyHistory(List<OwnWrite> latest, Fingerprints superseded, Spread spread, Set<Doubt> doubts,
		@Nullable KeyHistory before) {

	static final KeyHistory EMPTY = new KeyHistory(List.of(), Fingerprints.NONE, Spread.NONE, Set.of(), null);

	private static final Set<LocationRole> BOTH = EnumSet.allOf(LocationRole.class);

	private static final Set<LocationRole> PRIMARY = Set.of(LocationRole.PRIMARY);

	private static final Set<LocationRole> SECONDARY = Set.of(LocationRole.SECONDARY);

	private static final int MAX_LATEST = 8;

	/**
	 * Return the history after a write of which this process was told that it is done.
	 */
	KeyHistory acknowledged(OwnWrite write) {
		List<OwnWrite> admissible = List.of();
		Fingerprints gone = this.superseded;
		// No iterators here and below: they are a quarter of what a write costs.
		for (int i = 0; i < this.latest.size(); i++) {
			OwnWrite earlier = this.latest.get(i);
			if (earlier.span().isBefore(write.span())) {
				gone = gone.with(earlier.identity().versionId()).with(earlier.identity().eTag());
			}
			else {
				admissible = with(admissible, earlier);
			}
		}
		Set<Doubt> doubts = doubtsAfter(write, admissible.isEmpty());
		admissible = with(admissible, write);
		Set<LocationRole> writers = writers(admissible);
		boolean held = knowing().equals(writers);
		return new KeyHistory(admissible, gone, held ? this.spread : new Spread(writers, write.span().ended()), doubts,
				(admissible.size() <= this.latest.size()) ? alone() : this.before)
			.bounded();
	}

	/**
	 * Return the history without what was before it.
	 */
	KeyHistory alone() {
		return (this.before == null) ? this
				: new KeyHistory(this.latest, this.superseded, this.spread, this.doubts, null);
	}

	/**
	 * Return the history after a write before which the same bytes were there, with other
	 * metadata.
	 */
	KeyHistory afterSameBytes(ObjectIdentity written) {
		return new KeyHistory(this.latest, this.superseded.with(written.eTag()), this.spread, this.doubts, this.before);
	}

	private Set<Doubt> doubtsAfter(OwnWrite write, boolean alone) {
		Set<Doubt> doubts = alone ? Doubt.RESTORED.takenFrom(Doubt.BLURRED.takenFrom(this.doubts)) : this.doubts;
		if (write.kind() == Kind.DELETE && !knows(write.location().other())
				&& anyLatest((earlier) -> !earlier.isAbsence())) {
			doubts = Doubt.UNARRIVED.addedTo(doubts);
		}
		for (int i = 0; i < this.latest.size(); i++) {
			OwnWrite earlier = this.latest.get(i);
			boolean before = earlier.span().isBefore(write.span());
			if ((earlier.isAcknowledged() || earlier.isTakenBack()) && earlier.location() != write.location()) {
				doubts = Doubt.MOVED.addedTo(doubts);
			}
			if (before && earlier.kind() == Kind.PUT && earlier.identity().versionId() == null) {
				doubts = Doubt.UNNAMED.addedTo(doubts);
			}
			if (before && (earlier.kind() == Kind.DELETE || earlier.kind() == Kind.MAYBE_DELETE)) {
				doubts = Doubt.DELETED_BEFORE.addedTo(doubts);
				doubts = (earlier.identity().versionId() == null) ? Doubt.UNMARKED.addedTo(doubts) : doubts;
			}
		}
		return doubts;
	}

	/**
	 * Return the history after a write that may have taken effect.
	 */
	KeyHistory possible(OwnWrite write) {
		List<OwnWrite> wider = new ArrayList<>(this.latest);
		// Nothing tells one that was not answered from another one like it.
		wider.removeIf((earlier) -> earlier.kind() == write.kind() && earlier.location() == write.location());
		wider.add(write);
		return new KeyHistory(wider, this.superseded, this.spread, Doubt.ABANDONED.addedTo(this.doubts), this.before);
	}

	/**
	 * Return the history after another process has told what it wrote. Nothing tells
	 * whether that was before or after what this process wrote, unless one of them knew
	 * of the other; what one process tells is in the order in which it told it. A state
	 * that was only seen before proves nothing any more.
	 * @param told what it remembers
	 */
	KeyHistory told(CarriedHistory told) {
		KeyHistory theirs = told.history();
		if (this.superseded.contains(told.token()) || anyLatest((write) -> write.isToldLater(told.source()))) {
			return this;
		}
		List<OwnWrite> all = new ArrayList<>();
		boolean first = true;
		for (OwnWrite write : this.latest) {
			// What was seen may be theirs, or have been there before theirs.
			boolean later = write.isToldBy(told.source()) || write.isSighting();
			boolean gone = theirs.isTakenBack(write.identity());
			if (!later && !theirs.superseded.contains(write.identity().versionId())) {
				all.add(gone ? write.takenBack() : write);
			}
			first &= later || gone;
		}
		List<OwnWrite> kept = List.copyOf(all);
		for (OwnWrite write : theirs.latest) {
			boolean back = first && theirs.anyLatest(OwnWrite::isTakenBack);
			if ((back || !this.superseded.contains(write.identity().versionId()))
					&& kept.stream().noneMatch(write::isSameAs)) {
				all.add(write);
			}
		}
		Set<Doubt> doubts = Doubt.all(first ? Doubt.RESTORED.takenFrom(this.doubts) : this.doubts, theirs.doubts);
		return new KeyHistory(all, this.superseded.with(theirs.superseded).with(told.token()),
				first ? theirs.spread : this.spread.to(writers(all)), doubts, null)
			.bounded();
	}

	/**
	 * Return the history after a version was deleted for good.
	 */
	KeyHistory without(ObjectIdentity version) {
		return new VersionDeletion(this, version).done();
	}

	/**
	 * Return the history after a version may have been deleted for good.
	 */
	KeyHistory possiblyWithout(ObjectIdentity version) {
		return new VersionDeletion(this, version).possible();
	}

	/**
	 * Return the history after a location has shown something that stands.
	 */
	KeyHistory shown(LocationRole location, Sighting sighting, long now) {
		if (mayBeOldVersion(sighting)) {
			return this;
		}
		if (hasGot(location) && isForeign(sighting)) {
			List<OwnWrite> wider = new ArrayList<>(this.latest);
			wider.removeIf((write) -> write.kind() == Kind.SEEN_PUT || write.kind() == Kind.SEEN_ABSENT);
			wider.add(new OwnWrite(sighting.present() ? Kind.SEEN_PUT : Kind.SEEN_ABSENT, location, sighting.identity(),
					new OwnWrite.Span(now, now, sighting.time())));
			// It may be a write of this process that was not answered: who took the last
			// one that was need not have it.
			boolean others = !this.doubts.contains(Doubt.ABANDONED);
			Set<LocationRole> informed = locations(location, others && hasWritten(location.other()));
			return new KeyHistory(wider, this.superseded, this.spread.to(informed), this.doubts, this.before).bounded();
		}
		return isUndone(location, sighting) ? withoutSightings(location) : confirmed(location, sighting);
	}

	/**
	 * Return whether an ETag alone tells what is there, and is that of an old version of
	 * this process, or of the same bytes that somebody else has stored.
	 */
	private boolean mayBeOldVersion(Sighting sighting) {
		ObjectIdentity identity = sighting.identity();
		return sighting.present() && identity.versionId() == null && !isETagOfLatest(identity)
				&& this.superseded.contains(identity.eTag())
				&& anyLatest((write) -> write.isAcknowledged() && write.identity().versionId() != null);
	}

	/**
	 * Return whether a location that has shown a later state shows the last write again.
	 */
	private boolean isUndone(LocationRole location, Sighting sighting) {
		return knows(location) && isLatestWrite(sighting.identity()) && anyLatest((write) -> write.isSighting()
				&& write.location() == location && !write.identity().isSameAs(sighting.identity()));
	}

	private KeyHistory withoutSightings(LocationRole knowing) {
		List<OwnWrite> written = this.latest.stream().filter((write) -> !write.isSighting()).toList();
		return new KeyHistory(written, this.superseded, this.spread.to(locations(knowing, false)), this.doubts,
				this.before);
	}

	/**
	 * Return the history after a location has shown something that may be no later than
	 * the last write. If it is that write, the location has got it.
	 */
	KeyHistory confirmed(LocationRole location, Sighting sighting) {
		return isProof(sighting) ? knowing(location, true) : this;
	}

	/**
	 * Return the history after a location has shown something stale.
	 */
	KeyHistory staleAt(LocationRole location) {
		return hasWritten(location) ? this : knowing(location, false);
	}

	private KeyHistory knowing(LocationRole location, boolean knows) {
		if (knowing().contains(location) == knows) {
			return this;
		}
		boolean other = knowing().contains(location.other());
		Set<LocationRole> more = knows ? locations(location, other)
				: other ? locations(location.other(), false) : Set.of();
		return new KeyHistory(this.latest, this.superseded, this.spread.to(more), this.doubts, this.before);
	}

	/**
	 * Return whether a write was acknowledged, or a later state seen, since the history
	 * was another one. What a read has shown that began then may have been there before.
	 */
	boolean hasChangedSince(KeyHistory earlier) {
		return anyLatest((write) -> (write.isAcknowledged() || write.isSighting()) && !earlier.latest.contains(write));
	}

	Set<LocationRole> knowing() {
		return this.spread.knowing();
	}

	/**
	 * Return since when only one location knows of the last write.
	 * @return the time, as {@link System#nanoTime()} counts
	 */
	long since() {
		return this.spread.since();
	}

	/**
	 * Return when the last write was acknowledged.
	 * @return the time, as {@link System#nanoTime()} counts
	 */
	long written() {
		long written = since();
		for (OwnWrite write : this.latest) {
			boolean later = write.isAcknowledged() && write.span().ended() - written > 0;
			written = later ? write.span().ended() : written;
		}
		return written;
	}

	/**
	 * Return when the last write was acknowledged, whatever was found out since.
	 * @return the time, as {@link System#nanoTime()} counts, or 0 if none was
	 */
	long lastAcknowledged() {
		return this.latest.stream()
			.filter(OwnWrite::isAcknowledged)
			.mapToLong((write) -> write.span().ended())
			.reduce((one, other) -> (one - other > 0) ? one : other)
			.orElse(0);
	}

	/**
	 * Return the location that took the last writes.
	 * @return the location, or {@code null} if both or none did
	 */
	@Nullable LocationRole writer() {
		Set<LocationRole> writers = writers(this.latest);
		return (writers.size() == 1) ? writers.iterator().next() : null;
	}

	/**
	 * Return the location that took the last writes, for messages: nothing if both did.
	 */
	String atWriter() {
		LocationRole writer = writer();
		return (writer != null) ? " at the " + writer : "";
	}

	/**
	 * Return whether a location took one of the last writes.
	 */
	boolean hasWritten(LocationRole location) {
		return anyLatest((write) -> write.isAcknowledged() && write.location() == location);
	}

	/**
	 * Return whether a location is to be asked for the last state: it took a last write,
	 * or, if none is known to stand, has shown what came after it.
	 */
	boolean isSource(LocationRole location) {
		return hasWritten(location) || (!anyLatest(OwnWrite::isAcknowledged)
				&& anyLatest((write) -> write.isSighting() && write.location() == location));
	}

	/**
	 * Return whether a location knows of the last writes.
	 */
	boolean knows(LocationRole location) {
		return knowing().contains(location);
	}

	/**
	 * Return whether a location is the only one that knows of the last writes.
	 */
	boolean isAloneAt(LocationRole location) {
		return knowing().size() == 1 && knows(location);
	}

	/**
	 * Return whether no location is known to know which write is the last.
	 */
	boolean isUncertain() {
		return knowing().isEmpty() && anyLatest(OwnWrite::isAcknowledged);
	}

	/**
	 * Return where one of the last versions was written.
	 * @return the location, or {@code null} if it is none of them
	 */
	@Nullable LocationRole writerOf(String versionId) {
		for (OwnWrite write : this.latest) {
			if (write.isAcknowledged() && versionId.equals(write.identity().versionId())) {
				return write.location();
			}
		}
		return (this.before != null) ? this.before.writerOf(versionId) : null;
	}

	/**
	 * Return whether a location took or knows of the last writes.
	 */
	boolean hasGot(LocationRole location) {
		return hasWritten(location) || knows(location);
	}

	/**
	 * Return whether this process has replaced an earlier write of its own.
	 */
	boolean hasReplaced() {
		return !this.superseded.isEmpty() || this.doubts.contains(Doubt.DELETED_BEFORE)
				|| this.doubts.contains(Doubt.UNNAMED);
	}

	/**
	 * Return whether an earlier write may come late to where the last one was taken, and
	 * replace it.
	 */
	boolean mayBeReplaced() {
		return (this.doubts.contains(Doubt.ABANDONED) || this.doubts.contains(Doubt.MOVED)) && hasReplaced();
	}

	/**
	 * Return whether the last writes deleted the object, and nothing has put it back.
	 */
	boolean isDeleted() {
		return anyLatest(OwnWrite::isAcknowledged) && !anyLatest((write) -> !write.isAbsence() && !write.isTakenBack());
	}

	/**
	 * Return the only object that can be there: what the last write has left, or what was
	 * seen since the last writes deleted it.
	 * @return its identity, or {@code null} if there are more or none
	 */
	@Nullable ObjectIdentity only() {
		List<OwnWrite> certain = this.latest.stream().filter(OwnWrite::isAcknowledged).toList();
		if (certain.size() == 1 && certain.get(0).kind() == Kind.PUT) {
			return certain.get(0).identity();
		}
		boolean deleted = !certain.isEmpty() && this.latest.stream()
			.allMatch((write) -> write.isAbsence() || write.isSighting() || write.isTakenBack());
		return this.latest.stream()
			.filter((write) -> deleted && write.kind() == Kind.SEEN_PUT)
			.map(OwnWrite::identity)
			.findAny()
			.orElse(null);
	}

	/**
	 * Return the version that was written last, or a later one that was seen; of writes
	 * that overlapped, any will do.
	 * @return its id, or {@code null} if it is not known
	 */
	@Nullable String version() {
		String version = null;
		for (OwnWrite write : this.latest) {
			String id = write.identity().versionId();
			if (write.isSighting()) {
				version = (write.kind() == Kind.SEEN_PUT) ? id : null;
			}
			else if (write.kind() == Kind.PUT && id != null) {
				version = id;
			}
		}
		return version;
	}

	/**
	 * Return the versions to ask a location for that shows an older state than the last
	 * one, markers of deletions among them, the best first.
	 */
	Set<String> soughtAt(LocationRole location) {
		Set<String> sought = new LinkedHashSet<>();
		add(sought, version());
		if (anyLatest(OwnWrite::isSighting)) {
			// An own write behind what was seen later is old.
			return sought;
		}
		for (Kind kind : List.of(Kind.PUT, Kind.DELETE)) {
			for (OwnWrite write : this.latest) {
				if (write.kind() == kind && write.location() == location) {
					add(sought, write.identity().versionId());
				}
			}
		}
		return sought;
	}

	private static void add(Set<String> versions, @Nullable String version) {
		if (version != null) {
			versions.add(version);
		}
	}

	/**
	 * Return whether a version is the marker of a deletion.
	 */
	boolean isMarker(String version) {
		return anyLatest((write) -> write.kind() == Kind.DELETE && version.equals(write.identity().versionId()));
	}

	/**
	 * Return where a version was taken or seen.
	 * @return the location, or {@code null} if it is none of the last ones
	 */
	@Nullable LocationRole locationOf(String version) {
		for (OwnWrite write : this.latest) {
			if ((write.isAcknowledged() || write.isSighting()) && version.equals(write.identity().versionId())) {
				return write.location();
			}
		}
		return null;
	}

	/**
	 * Return whether a version is one that this process wrote elsewhere.
	 */
	boolean isVersionFromElsewhere(String versionId, LocationRole location) {
		return !knows(location)
				&& anyLatest((write) -> !write.isTakenBack() && versionId.equals(write.identity().versionId()));
	}

	private boolean isForeign(Sighting sighting) {
		return sighting.present() ? !isVersionOfLatest(sighting.identity()) && !isETagOfLatest(sighting.identity())
				: !anyLatest(OwnWrite::isAbsence);
	}

	/**
	 * Return whether a location that shows this has got the last write. That there is no
	 * object tells so of a deletion only if there was one, or by its marker.
	 */
	private boolean isProof(Sighting sighting) {
		ObjectIdentity identity = sighting.identity();
		if (isVersionOfLatest(identity)) {
			return true;
		}
		return sighting.present() ? isETagOfLatest(identity) && !this.superseded.contains(identity.eTag())
				: !this.doubts.contains(Doubt.UNARRIVED)
						&& anyLatest((write) -> write.kind() == Kind.DELETE || write.kind() == Kind.SEEN_ABSENT);
	}

	/**
	 * Return whether an object is one of the last writes of which this process was told.
	 * What was only seen proves nothing: a read that began before a write may be answered
	 * after it.
	 */
	boolean isLatestWrite(ObjectIdentity identity) {
		return anyLatest((write) -> write.isAcknowledged() && write.identity().isSameAs(identity));
	}

	boolean isVersionOfLatest(ObjectIdentity identity) {
		return anyLatest((write) -> !write.isTakenBack() && write.identity().hasVersionOf(identity));
	}

	/**
	 * Return whether an object is a version that was deleted for good.
	 */
	boolean isTakenBack(ObjectIdentity identity) {
		if (identity.versionId() != null) {
			return !isVersionOfLatest(identity)
					&& anyLatest((write) -> write.isTakenBack() && write.identity().hasVersionOf(identity));
		}
		return !isETagOfLatest(identity) && isETagTakenBack(identity);
	}

	/**
	 * Return whether an object has the bytes of a version that was deleted for good.
	 */
	boolean isETagTakenBack(ObjectIdentity identity) {
		return anyLatest((write) -> write.isTakenBack() && write.identity().hasETagOf(identity));
	}

	boolean isETagOfLatest(ObjectIdentity identity) {
		return anyLatest((write) -> !write.isTakenBack() && write.identity().hasETagOf(identity));
	}

	boolean anyLatest(Predicate<OwnWrite> condition) {
		for (int i = 0; i < this.latest.size(); i++) {
			if (condition.test(this.latest.get(i))) {
				return true;
			}
		}
		return false;
	}

	static Set<LocationRole> writers(List<OwnWrite> writes) {
		Set<LocationRole> writers = Set.of();
		for (int i = 0; i < writes.size(); i++) {
			OwnWrite write = writes.get(i);
			if (write.isAcknowledged() && !writers.contains(write.location())) {
				writers = locations(write.location(), !writers.isEmpty());
			}
		}
		return writers;
	}

	private static Set<LocationRole> locations(LocationRole one, boolean both) {
		if (both) {
			return BOTH;
		}
		return (one == LocationRole.PRIMARY) ? PRIMARY : SECONDARY;
	}

	static List<OwnWrite> with(List<OwnWrite> writes, OwnWrite write) {
		if (writes.isEmpty()) {
			return List.of(write);
		}
		List<OwnWrite> longer = new ArrayList<>(writes);
		longer.add(write);
		return longer;
	}

	/**
	 * Return the history with no more writes than are remembered of a key.
	 */
	KeyHistory bounded() {
		if (this.latest.size() <= MAX_LATEST) {
			return this;
		}
		List<OwnWrite> kept = new ArrayList<>(this.latest);
		Fingerprints gone = this.superseded;
		for (OwnWrite write : this.latest) {
			if (write.isTakenBack() && kept.size() > MAX_LATEST) {
				kept.remove(write);
				gone = gone.with(write.identity().versionId());
			}
		}
		int excess = Math.max(0, kept.size() - MAX_LATEST);
		return new KeyHistory(List.copyOf(kept.subList(excess, kept.size())), gone, this.spread,
				(excess > 0) ? Doubt.BLURRED.addedTo(this.doubts) : this.doubts, this.before);
	}

}
