package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Holds what calls return against the {@link OwnHistory}, and refusals against what the
 * stores have. Not thread-safe.
 */
final class Judge {

	private final SimulatedPair pair;

	private final OwnHistory history;

	private final List<Finding> findings = new ArrayList<>();

	/** The keys that others have written, where more may be right. */
	private final Set<String> shared = new HashSet<>();

	private final LastReads lastReads = new LastReads();

	private int disclosed;

	private int calls;

	Judge(SimulatedPair pair, OwnHistory history) {
		this.pair = pair;
		this.history = history;
	}

	List<Finding> findings() {
		return this.findings;
	}

	void share(String key) {
		this.shared.add(key);
	}

	boolean isShared(String key) {
		return this.shared.contains(key);
	}

	/**
	 * Return whether others have written some key.
	 */
	boolean isAnyShared() {
		return !this.shared.isEmpty();
	}

	/**
	 * Note that an answer was served of which nobody knows what it is worth.
	 */
	void disclose() {
		this.disclosed++;
	}

	/**
	 * Note how things stand when a call begins.
	 */
	Moment begin() {
		this.calls++;
		return new Moment(this.history.tick(), this.pair.troubles(), this.disclosed, this.pair.requests(),
				this.pair.well(), this.pair.out());
	}

	/**
	 * Return how many calls have begun.
	 */
	int calls() {
		return this.calls;
	}

	/**
	 * Judge what a read has shown.
	 * @param content the content, {@code null} for nothing
	 */
	void showed(String key, @Nullable String content, Moment began) {
		showedElsewhere(key, content, began);
		boolean admissible = this.history.admissible(key, began.time()).contains(content);
		if (admissible && content != null && !isDisclosed(began) && !this.history.hasWrittenSince(key, began.time())) {
			this.history.saw(key, content);
		}
		this.lastReads.note(key, content, began.time());
	}

	/**
	 * Return which content an answer has shown that tells its ETag alone.
	 */
	String named(String key, String content, Moment began) {
		return this.history.named(key, content, began.time());
	}

	/**
	 * Judge what a page of a listing has shown. That an own deletion has arrived late,
	 * and has buried a later write where that was taken, it does not show; nor what is
	 * back since several versions were deleted.
	 * @param bytes what its ETag tells of the content, {@code null} for nothing
	 */
	void listed(String key, @Nullable String bytes, Moment began) {
		String content = (bytes != null) ? named(key, bytes, began) : null;
		boolean maybeBuried = content == null && (this.history.takenBack(key) > 1
				|| this.history.writes(key).stream().anyMatch((write) -> write.leaves(null)));
		if (!isDisclosed(began) && !maybeBuried) {
			showedElsewhere(key, content, began);
		}
	}

	/**
	 * Judge what a read has shown that does not tell the process whether a write took
	 * effect that was not answered: one by another process, or a copy.
	 * @param content the content, {@code null} for nothing
	 */
	void showedElsewhere(String key, @Nullable String content, Moment began) {
		Set<@Nullable String> admissible = this.history.admissible(key, began.time());
		if (admissible.contains(content)) {
			return;
		}
		if (mayBeOfOthers(key, content, began)) {
			share(key);
		}
		else if (!isDisclosed(began) || !isUncertain(key, content, began)) {
			String what = content + ", not " + admissible + (isDisclosed(began) ? ", but told" : "");
			find(kindOf(content, admissible), key, what);
		}
	}

	/**
	 * Judge what a read by another process has shown, which does not know what was there
	 * before a version that was deleted.
	 */
	void showedOther(String key, @Nullable String content, Moment began) {
		if (!isDisclosed(began) || this.history.takenBack(key) == 0) {
			showedElsewhere(key, content, began);
		}
	}

	private static Finding.Kind kindOf(@Nullable String content, Set<@Nullable String> admissible) {
		if (content == null) {
			return Finding.Kind.MISSING;
		}
		return isGone(admissible) ? Finding.Kind.RESURRECTED : Finding.Kind.STALE;
	}

	/**
	 * Return whether the process cannot tell from what others have done. That includes
	 * what it wrote itself without being told so, and that a version is gone which it
	 * deletes just now.
	 */
	private boolean mayBeOfOthers(String key, @Nullable String content, Moment began) {
		return (content != null)
				? isForeign(content) || !this.history.isOwn(key, content) || !this.history.isTold(key, content)
				: this.pair.isDeletedByOthers(key, began.time()) || this.history.mayBeGone(key, began.time())
						|| this.lastReads.showNothing(key, this.history.writes(key));
	}

	/**
	 * Return whether others wrote a content first, though it may have been copied since.
	 */
	private static boolean isForeign(String content) {
		return content.startsWith(StoredVersion.FOREIGN);
	}

	/**
	 * Return whether the process cannot know better: the content is not unique, or it was
	 * not told what superseded it, or it remembers no more what was there before several
	 * versions were deleted.
	 */
	private boolean isUncertain(String key, @Nullable String content, Moment began) {
		return content == null || !this.history.isUnique(key, content) || this.history.takenBack(key) > 1
				|| this.history.acknowledged(key, began.time()).contains(content);
	}

	boolean isDisclosed(Moment began) {
		return began.disclosed() != this.disclosed;
	}

	/**
	 * Judge an answer that the current content is not the one that was named. Where an
	 * older write has taken its place at a store, it is not.
	 */
	void denied(String key, String content, Moment began) {
		Set<@Nullable String> admissible = this.history.admissible(key, began.time());
		if (!isDisclosed(began) && admissible.equals(Set.of(named(key, content, began))) && !this.shared.contains(key)
				&& this.history.latest(key, began.time())
					.stream()
					.anyMatch((write) -> this.pair.shows(key, write) && !isBuriedElsewhere(key, write))) {
			find(Finding.Kind.DENIED, key, "anything but " + content);
		}
	}

	/**
	 * Return whether the location that did not take a write has had it, and shows another
	 * one since.
	 */
	boolean isBuriedElsewhere(String key, ToldWrite write) {
		LocationRole other = Objects.requireNonNull(write.location).other();
		return !write.leaves(this.pair.store(other).bucket().content(key)) && this.pair.mayHaveHad(other, key, write);
	}

	/**
	 * Judge the refusal of a read: nobody who was well throughout could serve it.
	 * @param wanted the only content that was to be read, {@code null} for any: another
	 * one does not tell what it is
	 */
	void refused(String key, @Nullable String wanted, Moment began) {
		if (!isCalm(began)) {
			return;
		}
		List<ToldWrite> told = told(key, began);
		if (wanted == null && !this.shared.contains(key) && isGone(this.history.admissible(key, began.time()))
				&& !this.lastReads.outdate(key, null, told)) {
			find(Finding.Kind.REFUSED, key, "there is nothing to read");
		}
		for (LocationRole role : well(began)) {
			String content = this.pair.store(role).bucket().content(key);
			if (content != null && (wanted == null || StoredVersion.haveSameBytes(wanted, content))
					&& this.history.isOfOneWrite(key, content) && told.size() == 1 && told.get(0).leaves(content)
					&& !this.lastReads.outdate(key, content, told)
					&& this.history.recognizable(key, began.time()).contains(content)) {
				find(Finding.Kind.REFUSED, key, role + " has " + content);
			}
			else if (wanted == null && !this.shared.contains(key) && hasWritten(role, key, told)
					&& !this.history.mayBeOneOfTwo(key, began.time())) {
				find(Finding.Kind.REFUSED, key, role + " has it as a version");
			}
		}
	}

	/**
	 * Return whether a read has shown a later state than the last write.
	 */
	boolean isOutdated(String key, ToldWrite last) {
		return this.lastReads.outdate(key, last.content(), List.of(last));
	}

	private static boolean isGone(Set<@Nullable String> contents) {
		return contents.equals(Collections.singleton(null));
	}

	/**
	 * Return the last writes that were acknowledged and stand, as the process can find
	 * out. Of writes that overlap it may know better which one was the last: it knows of
	 * their attempts.
	 */
	private List<ToldWrite> told(String key, Moment began) {
		return this.history.latest(key, began.time())
			.stream()
			.filter((write) -> write.isAcknowledged() && !write.gone
					&& !(write.takenBack && well(began).contains(write.location) && this.pair.isGone(key, write)))
			.toList();
	}

	/**
	 * Return whether a location has the version that it took, and nothing later was read.
	 */
	private boolean hasWritten(LocationRole role, String key, List<ToldWrite> told) {
		return told.size() == 1 && told.get(0).content() != null && told.get(0).location == role
				&& told.get(0).versionId != null && !this.lastReads.outdate(key, told.get(0).content(), told)
				&& this.pair.store(role).bucket().version(key, told.get(0).versionId) != null;
	}

	/**
	 * Judge the failure of a call that is no answer.
	 */
	void failed(String key, Exception error, Moment began) {
		if (isCalm(began) && !well(began).isEmpty()) {
			find(Finding.Kind.FAILED, key, error.toString());
		}
	}

	/**
	 * Return whether nothing has come between a call that ends now and the stores.
	 */
	boolean isCalm(Moment began) {
		return began.troubles().equals(this.pair.troubles());
	}

	/**
	 * Return the locations that could be relied on while a call lasted that ends now.
	 */
	List<LocationRole> well(Moment began) {
		List<LocationRole> well = new ArrayList<>(began.well());
		well.retainAll(this.pair.well());
		return well;
	}

	void find(Finding.Kind kind, String key, String what) {
		this.findings.add(new Finding(kind, this.history.tick(), key, what + System.lineSeparator()
				+ this.pair.show(key) + System.lineSeparator() + this.history.writes(key)));
	}

}
