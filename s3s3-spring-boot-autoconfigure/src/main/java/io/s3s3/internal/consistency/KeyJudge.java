package io.s3s3.internal.consistency;

import java.util.Set;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an answer is worth in the light of what is remembered of its key.
 * Immutable.
 * <p>
 * To show what is superseded is stale, whatever its time stamp says. What a location that
 * knows of the last write shows else is somebody's later write and stands. Of what
 * another location shows, a version or an ETag decides if it is one of ours. A time stamp
 * decides only that somebody else's write is older, and only if it is farther away than
 * clocks and whole seconds can explain; what cannot be proved is not refused.
 *
 * @param history what is remembered
 */
record KeyJudge(KeyHistory history) {

	/**
	 * Judge what a location shows.
	 * @param location the location
	 * @param sighting what it shows
	 */
	Verdict judge(LocationRole location, Sighting sighting) {
		if (this.history.isTakenBack(sighting.identity()) || mayBeTwin(sighting.identity())) {
			return Verdict.UNPROVEN;
		}
		if (!this.history.anyLatest(OwnWrite::isAcknowledged)) {
			return judgeUnknown(sighting);
		}
		Verdict verdict = sighting.present() ? judgeObject(location, sighting) : judgeAbsence(location, sighting);
		boolean restored = (verdict == Verdict.BURIED && mayBeRestored()) || (verdict == Verdict.STALE
				&& this.history.hasWritten(location) && this.history.doubts().contains(Doubt.RESTORED));
		return restored ? Verdict.UNPROVEN : verdict;
	}

	/**
	 * Return whether an object may be a late execution of a write whose version was
	 * deleted for good: one attempt of it was not answered, and left another version.
	 */
	private boolean mayBeTwin(ObjectIdentity identity) {
		return this.history.doubts().contains(Doubt.ABANDONED) && !this.history.isVersionOfLatest(identity)
				&& !this.history.superseded().contains(identity.versionId()) && !this.history.isETagOfLatest(identity)
				&& this.history.isETagTakenBack(identity);
	}

	/**
	 * Judge what is shown while no own write is known to stand: it may be older than what
	 * is back since versions were deleted, and is if a later state was seen.
	 */
	private Verdict judgeUnknown(Sighting sighting) {
		ObjectIdentity identity = sighting.identity();
		boolean known = sighting.present()
				? this.history.isVersionOfLatest(identity) || this.history.isETagOfLatest(identity)
				: this.history.anyLatest(OwnWrite::isAbsence);
		if (known || !isDeeplyTakenBack()) {
			return Verdict.CURRENT;
		}
		boolean old = this.history.superseded().contains(identity.versionId())
				|| this.history.superseded().contains(identity.eTag());
		return (old && this.history.anyLatest(OwnWrite::isSighting)) ? Verdict.STALE : Verdict.UNPROVEN;
	}

	/**
	 * Return whether the last write may have been deleted for good, and its version
	 * cannot be asked for.
	 */
	private boolean mayBeRestored() {
		return this.history.doubts().contains(Doubt.RESTORED) && this.history.version() == null;
	}

	private boolean isDeeplyTakenBack() {
		return !this.history.superseded().isEmpty()
				&& (this.history.doubts().contains(Doubt.RESTORED) || this.history.anyLatest(OwnWrite::isTakenBack));
	}

	private Verdict judgeObject(LocationRole location, Sighting sighting) {
		ObjectIdentity identity = sighting.identity();
		boolean gone = this.history.superseded().contains(identity.eTag());
		if (this.history.isVersionOfLatest(identity)) {
			return isOutdone(location, identity) ? Verdict.UNPROVEN : Verdict.CURRENT;
		}
		if (this.history.superseded().contains(identity.versionId())) {
			return this.history.hasWritten(location) ? Verdict.BURIED : Verdict.STALE;
		}
		if (this.history.isETagOfLatest(identity)) {
			return (isOutdone(location, identity) || isOfOldBytes(location, identity)) ? Verdict.UNPROVEN
					: Verdict.CURRENT;
		}
		if (gone && mayBeStoredAgain(sighting)) {
			return Verdict.UNPROVEN;
		}
		if (gone && !this.history.hasWritten(location)) {
			return Verdict.STALE;
		}
		if (gone) {
			return isOfOthers(identity) ? Verdict.CURRENT : Verdict.BURIED;
		}
		if (this.history.knows(location)) {
			return Verdict.CURRENT;
		}
		boolean older = this.history.latest()
			.stream()
			.anyMatch((write) -> write.isAcknowledged() && sighting.isProvablyBefore(write.span()));
		return (older && !this.history.doubts().contains(Doubt.BLURRED)) ? Verdict.STALE : Verdict.UNPROVEN;
	}

	private Verdict judgeAbsence(LocationRole location, Sighting sighting) {
		if (this.history.isVersionOfLatest(sighting.identity())) {
			return Verdict.CURRENT;
		}
		if (this.history.superseded().contains(sighting.identity().versionId())) {
			return this.history.hasWritten(location) ? Verdict.BURIED : Verdict.STALE;
		}
		if (this.history.anyLatest(OwnWrite::isAbsence)) {
			return isOutdone(location, sighting.identity()) ? Verdict.UNPROVEN : Verdict.CURRENT;
		}
		String marker = sighting.identity().versionId();
		if (!this.history.knows(location)) {
			// Nobody knows which write is the last: the marker is no older than one of
			// them.
			boolean either = this.history.knowing().isEmpty() && this.history.hasWritten(location);
			// What was seen elsewhere nobody took who could be asked.
			boolean outdone = this.history.hasWritten(location) && this.history.knows(location.other())
					&& !this.history.hasWritten(location.other());
			return ((either && marker != null) || outdone) ? Verdict.UNPROVEN : Verdict.STALE;
		}
		return (mayBeOwnDeletion(marker) || (marker == null && mayBeBackElsewhere())) ? Verdict.UNPROVEN
				: Verdict.CURRENT;
	}

	/**
	 * Return whether the last write may have been deleted for good, and what it had
	 * replaced is where that was taken.
	 */
	private boolean mayBeBackElsewhere() {
		return this.history.doubts().contains(Doubt.RESTORED) && this.history.doubts().contains(Doubt.MOVED);
	}

	/**
	 * Return whether a location that knows of the last write, an object, and shows none
	 * may have got an earlier deletion of this process late.
	 * @param marker the version of the marker, {@code null} if it is not known
	 */
	private boolean mayBeOwnDeletion(@Nullable String marker) {
		boolean told = marker != null && !this.history.doubts().contains(Doubt.UNMARKED)
				&& this.history.superseded().isComplete();
		return this.history.doubts().contains(Doubt.DELETED_BEFORE) && !told;
	}

	/**
	 * Return whether the marker of an absence would tell more than the absence does.
	 * Without versions there is none.
	 * @param location the location that shows no object, and no marker
	 */
	boolean dependsOnMarker(LocationRole location) {
		return this.history.doubts().contains(Doubt.DELETED_BEFORE) && this.history.hasGot(location)
				&& this.history.version() != null && this.history.anyLatest(OwnWrite::isAcknowledged)
				&& !this.history.anyLatest(OwnWrite::isAbsence);
	}

	/**
	 * Return whether a later state than the last write was seen, be it of a write that
	 * was not answered or of somebody else: at another location, or here, if what is
	 * shown may be the late execution of a write that was not answered, or has come late
	 * from where it was taken.
	 */
	private boolean isOutdone(LocationRole location, ObjectIdentity shown) {
		boolean later = this.history.anyLatest(OwnWrite::isSighting)
				&& !this.history.anyLatest((write) -> write.isSighting() && write.identity().isSameAs(shown));
		return later && (!this.history.knows(location) || mayComeLate(location, shown));
	}

	private boolean mayComeLate(LocationRole location, ObjectIdentity shown) {
		boolean late = this.history.doubts().contains(Doubt.ABANDONED) && !this.history.isVersionOfLatest(shown);
		return late || this.history.anyLatest(
				(write) -> write.isAcknowledged() && write.location() != location && write.identity().isSameAs(shown));
	}

	/**
	 * Return whether somebody else may have stored the bytes of an old write again: that
	 * must be later than the last write, and can be no late execution of the old one, nor
	 * the old one itself, from elsewhere or under an id that is not known: its time is by
	 * another clock.
	 */
	private boolean mayBeStoredAgain(Sighting sighting) {
		boolean late = this.history.doubts().contains(Doubt.ABANDONED) || this.history.doubts().contains(Doubt.MOVED)
				|| (sighting.identity().versionId() != null && this.history.doubts().contains(Doubt.UNNAMED));
		return !late && this.history.latest()
			.stream()
			.allMatch((write) -> !write.isAcknowledged() || sighting.isProvablyAfter(write.span()));
	}

	/**
	 * Return whether the bytes of an old write, at the location that took the last one,
	 * are somebody else's: empty markers are all alike. No write of this process can have
	 * come back there if each was answered, and was taken there or has another version
	 * id.
	 */
	private boolean isOfOthers(ObjectIdentity identity) {
		return !this.history.doubts().contains(Doubt.ABANDONED) && (!this.history.doubts().contains(Doubt.MOVED)
				|| (identity.versionId() != null && !this.history.doubts().contains(Doubt.UNNAMED)));
	}

	/**
	 * Return whether the bytes of the last write may be those of an old one, which had
	 * the same, and perhaps other metadata: of that the ETag tells nothing.
	 */
	private boolean isOfOldBytes(LocationRole location, ObjectIdentity shown) {
		return this.history.superseded().contains(shown.eTag())
				&& !(this.history.hasWritten(location) && isOfOthers(shown));
	}

	/**
	 * Return whether a location may show what this process has replaced though it has
	 * shown the last write: an older one may come late to where the last one was not
	 * taken, and anywhere if they moved or were not answered.
	 * @param location the location
	 * @param named what it may show, as far as it is known
	 */
	boolean mayShowReplaced(LocationRole location, ObjectIdentity named) {
		boolean late = this.history.doubts().contains(Doubt.ABANDONED) || this.history.doubts().contains(Doubt.MOVED)
				|| !this.history.hasWritten(location);
		Verdict verdict = late ? judge(location, new Sighting(true, named, null, null)) : Verdict.CURRENT;
		return verdict == Verdict.STALE || verdict == Verdict.BURIED;
	}

	/**
	 * Judge what a location has copied. Not more can be told than that it is old.
	 */
	Verdict judgeCopy(LocationRole location, ObjectIdentity source) {
		boolean last = this.history.isVersionOfLatest(source);
		boolean oldBytes = !last && isOfOldBytes(location, source);
		boolean old = (oldBytes && !this.history.isETagOfLatest(source))
				|| this.history.superseded().contains(source.versionId());
		if (this.history.isTakenBack(source)) {
			return Verdict.UNPROVEN;
		}
		if (!old || last) {
			return (oldBytes || isOutdone(location, source)) ? Verdict.UNPROVEN : Verdict.CURRENT;
		}
		if (this.history.hasWritten(location)) {
			return mayBeRestored() ? Verdict.UNPROVEN : Verdict.BURIED;
		}
		return this.history.anyLatest((write) -> write.isAcknowledged() || write.isSighting()) ? Verdict.STALE
				: Verdict.UNPROVEN;
	}

	/**
	 * Judge an answer that does not show the object, such as that a condition does not
	 * hold. That an older write has come since the last one, it does not show either.
	 * @param location the location
	 */
	Verdict judgeRefusal(LocationRole location) {
		if (!this.history.anyLatest(OwnWrite::isAcknowledged)) {
			return isDeeplyTakenBack() ? Verdict.UNPROVEN : Verdict.CURRENT;
		}
		if (!this.history.hasGot(location)) {
			return Verdict.STALE;
		}
		return mayHaveGotOlder(location) ? Verdict.UNPROVEN : Verdict.CURRENT;
	}

	/**
	 * Judge an answer that the condition of a write does not hold. One that there is no
	 * object shows whether writes that overlapped have arrived.
	 * @param location the location
	 * @param absent whether it says that there is no object
	 */
	Verdict judgeDenial(LocationRole location, boolean absent) {
		boolean lacks = absent && this.history.hasWritten(location.other())
				&& judge(location, Sighting.absent(null)) == Verdict.STALE;
		return lacks ? Verdict.STALE : judgeRefusal(location);
	}

	/**
	 * Return whether an older write of this process may have come to a location after the
	 * last one.
	 */
	private boolean mayHaveGotOlder(LocationRole location) {
		Set<Doubt> doubts = this.history.doubts();
		boolean late = doubts.contains(Doubt.ABANDONED);
		boolean came = doubts.contains(Doubt.MOVED) || !this.history.hasWritten(location);
		return late || (came && this.history.hasReplaced());
	}

}
