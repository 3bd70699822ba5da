package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.location.LocationRole;

/**
 * The deletion of a version for good, which brings back what the version had replaced. A
 * location that still shows the version does not tell whether it will go on to.
 * Immutable.
 *
 * @param history what was remembered before
 * @param version the version, which may be the marker of a deletion
 */
record VersionDeletion(KeyHistory history, ObjectIdentity version) {

	/**
	 * Return the history after it.
	 */
	KeyHistory done() {
		KeyHistory before = this.history.before();
		if (!this.history.isVersionOfLatest(this.version)) {
			return isUnnamed() ? doubtingWhatIsBack()
					: (before != null) ? after(before.without(this.version)) : this.history;
		}
		List<OwnWrite> left = new ArrayList<>();
		Set<Doubt> doubts = this.history.doubts();
		for (OwnWrite write : this.history.latest()) {
			boolean gone = write.identity().hasVersionOf(this.version);
			left.add(gone ? write.takenBack() : write);
			doubts = (gone && write.kind() == Kind.DELETE) ? Doubt.DELETED_BEFORE.addedTo(doubts) : doubts;
		}
		if (isBesideSighting()) {
			return new KeyHistory(left, this.history.superseded(), this.history.spread(), doubts, before);
		}
		List<OwnWrite> standing = standing();
		if (before != null && before.latest().containsAll(standing)) {
			return backTo(before.isVersionOfLatest(this.version) ? before.without(this.version) : before, left, doubts,
					before.knowing());
		}
		return new KeyHistory(left, this.history.superseded(), this.history.spread().to(KeyHistory.writers(left)),
				standing.isEmpty() ? Doubt.RESTORED.addedTo(doubts) : doubts, null);
	}

	/**
	 * Return the history after it may have taken effect.
	 */
	KeyHistory possible() {
		KeyHistory before = this.history.before();
		if (!this.history.isVersionOfLatest(this.version)) {
			return isUnnamed() ? doubtingWhatIsBack()
					: (before != null) ? after(before.possiblyWithout(this.version)) : this.history;
		}
		if (isBesideSighting()) {
			return this.history;
		}
		List<OwnWrite> standing = standing();
		if (before != null && before.latest().containsAll(standing)) {
			return backTo(before, this.history.latest(), this.history.doubts(), knowing(before));
		}
		return standing.isEmpty() ? doubtingWhatIsBack() : this.history;
	}

	/**
	 * Return which locations know of the last write, be it this one or the one before. If
	 * none is known to have been before, any of its states will do.
	 */
	private Set<LocationRole> knowing(KeyHistory before) {
		Set<LocationRole> knowing = EnumSet.noneOf(LocationRole.class);
		knowing.addAll(this.history.knowing());
		if (before.anyLatest(OwnWrite::isAcknowledged)) {
			knowing.retainAll(before.knowing());
		}
		return knowing;
	}

	/**
	 * Return whether no older write is back: another state was seen later, or the version
	 * was only seen, and own writes stand before it.
	 */
	private boolean isBesideSighting() {
		return this.history.anyLatest((write) -> write.isSighting() && !write.identity().hasVersionOf(this.version))
				|| !this.history
					.anyLatest((write) -> write.isAcknowledged() && write.identity().hasVersionOf(this.version));
	}

	/**
	 * Return whether the version, which is not known, may be that of a last write whose
	 * version id was not told.
	 */
	private boolean isUnnamed() {
		KeyHistory before = this.history.before();
		return this.history.anyLatest((write) -> write.isAcknowledged() && write.identity().versionId() == null)
				&& !this.history.superseded().contains(this.version.versionId())
				&& !this.history.isTakenBack(this.version)
				&& (before == null || !before.isVersionOfLatest(this.version));
	}

	/**
	 * Return the last writes that stand in any case.
	 */
	private List<OwnWrite> standing() {
		return this.history.latest()
			.stream()
			.filter((write) -> write.isAcknowledged() && !write.identity().hasVersionOf(this.version))
			.toList();
	}

	private KeyHistory doubtingWhatIsBack() {
		return new KeyHistory(this.history.latest(), this.history.superseded(), this.history.spread(),
				Doubt.RESTORED.addedTo(this.history.doubts()), null);
	}

	private KeyHistory after(KeyHistory before) {
		return (before == this.history.before()) ? this.history : new KeyHistory(this.history.latest(),
				this.history.superseded(), this.history.spread(), this.history.doubts(), before.alone());
	}

	/**
	 * Return the history in which what was there before may be the last state again, or
	 * one of others is.
	 */
	private KeyHistory backTo(KeyHistory before, List<OwnWrite> others, Set<Doubt> doubts, Set<LocationRole> knowing) {
		List<OwnWrite> all = before.latest();
		for (OwnWrite other : others) {
			all = all.stream().anyMatch(other::isNoOtherThan) ? all : KeyHistory.with(all, other);
		}
		return new KeyHistory(all, before.superseded(), this.history.spread().to(knowing),
				Doubt.all(doubts, before.doubts()), null)
			.bounded();
	}

}
