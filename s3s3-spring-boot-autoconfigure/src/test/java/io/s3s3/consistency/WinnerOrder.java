package io.s3s3.consistency;

/**
 * Decides which of two versions of a key is the current one at a store that has both.
 */
enum WinnerOrder {

	/**
	 * The later time of the clock of the store where it was written, however wrong.
	 */
	TIMESTAMP {
		@Override
		boolean wins(StoredVersion candidate, StoredVersion current) {
			int compared = candidate.written().compareTo(current.written());
			return (compared != 0) ? compared > 0 : candidate.id().compareTo(current.id()) > 0;
		}
	},

	/**
	 * The one that came last, so that the stores may end with different ones.
	 */
	ARRIVAL {
		@Override
		boolean wins(StoredVersion candidate, StoredVersion current) {
			return true;
		}
	},

	/**
	 * The one that has more writes of the key before it at its store. An older write wins
	 * over a newer one of a store that knew less.
	 */
	EPOCH {
		@Override
		boolean wins(StoredVersion candidate, StoredVersion current) {
			return (candidate.epoch() != current.epoch()) ? candidate.epoch() > current.epoch()
					: candidate.id().compareTo(current.id()) > 0;
		}
	};

	/**
	 * Return whether a version takes the place of the current one.
	 * @param candidate a version that has come
	 * @param current the current version
	 * @return whether it is the current one now
	 */
	abstract boolean wins(StoredVersion candidate, StoredVersion current);

}
