package io.s3s3.internal.consistency;

import java.util.EnumSet;
import java.util.Set;

/**
 * What makes an answer less certain.
 */
enum Doubt {

	/** More writes overlapped than are remembered. */
	BLURRED,

	/** An earlier write of this process deleted the object. */
	DELETED_BEFORE,

	/** A write of this process was not answered, and may be executed yet. */
	ABANDONED,

	/** An earlier write of this process was taken by another location. */
	MOVED,

	/** The version id of an earlier write of this process is not known, if it has one. */
	UNNAMED,

	/** Nor is that of the marker which an earlier deletion of this process has left. */
	UNMARKED,

	/** What this process deleted had not arrived at the other location by then. */
	UNARRIVED,

	/** A version was deleted for good, and what it had replaced is not remembered. */
	RESTORED;

	static Set<Doubt> all(Set<Doubt> doubts, Set<Doubt> others) {
		Set<Doubt> all = doubts;
		for (Doubt other : others) {
			all = other.addedTo(all);
		}
		return all;
	}

	Set<Doubt> addedTo(Set<Doubt> doubts) {
		if (doubts.contains(this)) {
			return doubts;
		}
		Set<Doubt> more = EnumSet.of(this);
		more.addAll(doubts);
		return more;
	}

	Set<Doubt> takenFrom(Set<Doubt> doubts) {
		if (!doubts.contains(this)) {
			return doubts;
		}
		Set<Doubt> fewer = EnumSet.copyOf(doubts);
		fewer.remove(this);
		return fewer;
	}

}
