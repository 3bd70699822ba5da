package io.s3s3.consistency;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether calls went to a location that could serve them, for no more than it
 * takes, and whether what they relied on was there. Not thread-safe.
 */
final class PlacementJudge {

	private final SimulatedPair pair;

	private final OwnHistory history;

	private final Judge judge;

	PlacementJudge(SimulatedPair pair, OwnHistory history, Judge judge) {
		this.pair = pair;
		this.history = history;
		this.judge = judge;
	}

	/**
	 * Judge what a read has cost: one request, if the location is well that took the last
	 * write, and what it left was read.
	 * @param content what was read, {@code null} for nothing
	 */
	void cost(String key, @Nullable String content, Moment began) {
		int requests = Stream.of(LocationRole.values()).mapToInt((role) -> requests(role, began)).sum();
		List<ToldWrite> latest = this.history.latest(key, began.time());
		boolean simple = latest.size() == 1 && latest.get(0).leaves(content) && this.pair.shows(key, latest.get(0))
				&& this.judge.well(began).containsAll(List.of(LocationRole.values()));
		boolean plain = simple && !mayBeBuriedElsewhere(key, latest.get(0)) && isTellable(key, latest.get(0));
		boolean certain = !this.judge.isDisclosed(began) && !(simple && this.judge.isOutdated(key, latest.get(0)));
		if (plain && certain && !this.pair.isSteered() && this.judge.isCalm(began) && requests > 1) {
			this.judge.find(Finding.Kind.COSTLY, key, requests + " requests");
		}
	}

	/**
	 * Judge whom a read has asked: not a location that is out while the other one
	 * answers, whatever was written where.
	 * @param calls how many calls had begun when the read began
	 */
	void asked(String key, int calls, Moment began) {
		for (LocationRole role : began.out()) {
			boolean out = this.pair.out().contains(role) && this.judge.well(began).contains(role.other())
					&& Objects.equals(began.troubles().get(role.other()), this.pair.troubles().get(role.other()));
			if (out && requests(role, began) > 0 && calls == this.judge.calls() && !this.pair.isSteered()) {
				this.judge.find(Finding.Kind.COSTLY, key, "asked the %s, which is out".formatted(role));
			}
		}
	}

	private int requests(LocationRole role, Moment began) {
		return this.pair.requests().getOrDefault(role, 0) - began.requests().getOrDefault(role, 0);
	}

	/**
	 * Judge a write that took place since a content was there. Where an older write has
	 * taken the place of the last one, it was; but one by which the process was told to
	 * recognize it is not asked for.
	 * @param expected the content, {@code null} for nothing
	 * @param role who says so, {@code null} if nobody knows
	 */
	void replaced(String key, @Nullable String expected, @Nullable LocationRole role, Moment began) {
		boolean clear = !this.judge.isShared(key) && this.history.takenBack(key) < 2
				&& (expected == null || this.history.isUnique(key, expected));
		boolean told = expected != null && this.history.isTold(key, expected);
		boolean buried = !told && this.history.latest(key, began.time())
			.stream()
			.anyMatch((write) -> write.isCertain() && this.pair.mayHaveHad(role, key, write));
		if (clear && !buried && !this.history.acknowledged(key, began.time()).contains(expected)
				&& !this.history.admissible(key, began.time()).contains(expected)) {
			this.judge.find(Finding.Kind.REPLACED, key, String.valueOf(expected));
		}
	}

	/**
	 * Judge the refusal to check the condition of a write: where the last write is, it
	 * can be checked.
	 */
	void unchecked(String key, Moment began) {
		List<ToldWrite> latest = this.history.latest(key, began.time());
		if (this.judge.isCalm(began) && latest.size() == 1 && latest.get(0).isAcknowledged()
				&& this.judge.well(began).contains(latest.get(0).location)) {
			this.judge.find(Finding.Kind.REFUSED, key, "a condition, though the writer is well");
		}
	}

	/**
	 * Judge the deletion of a version. Of the last one the process knows where that was
	 * taken: there it is gone.
	 */
	void deleted(String key, ToldWrite write) {
		List<ToldWrite> writes = this.history.writes(key);
		if (write.gone && writes.get(writes.size() - 1) == write && !this.pair.isGone(key, write)) {
			this.judge.find(Finding.Kind.RESURRECTED, key, write.versionId + " is still where it was taken");
		}
	}

	/**
	 * Judge that there is nothing: where its deletion was taken back, an object is read
	 * that its writer shows.
	 */
	void missed(String key, Moment began) {
		List<ToldWrite> latest = this.history.latest(key, began.time());
		List<ToldWrite> standing = latest.stream().filter((write) -> !this.pair.isGone(key, write)).toList();
		if (standing.size() != 1 || standing.get(0).content() == null) {
			return;
		}
		ToldWrite last = standing.get(0);
		boolean known = latest.stream().allMatch((write) -> write.location == last.location && write.isAcknowledged());
		if (known && this.pair.shows(key, last) && this.judge.isCalm(began)
				&& this.judge.well(began).contains(last.location) && !this.judge.isOutdated(key, last)) {
			this.judge.find(Finding.Kind.MISSING, key, "its deletion was taken back");
		}
	}

	/**
	 * Judge a page of which nobody knows what it is worth: none is that comes from the
	 * location that took all last writes, and shows them.
	 */
	void listed(Moment began) {
		Set<ToldWrite> latest = Workload.keys()
			.stream()
			.flatMap((key) -> this.history.latest(key, began.time()).stream())
			.collect(Collectors.toSet());
		Set<@Nullable LocationRole> writers = latest.stream()
			.map((write) -> write.location)
			.collect(Collectors.toSet());
		boolean known = writers.size() == 1 && this.judge.well(began).containsAll(writers)
				&& Workload.keys().stream().allMatch((key) -> isPlain(key, began) && this.history.takenBack(key) < 2);
		if (known && this.judge.isDisclosed(began) && this.judge.isCalm(began) && !this.pair.isSteered()
				&& !this.judge.isAnyShared()) {
			this.judge.find(Finding.Kind.REFUSED, Workload.key(0), "a page is uncertain, though of the writer of all");
		}
	}

	private boolean isPlain(String key, Moment began) {
		List<ToldWrite> latest = this.history.latest(key, began.time());
		return latest.isEmpty() || (latest.size() == 1 && latest.get(0).isAcknowledged() && !latest.get(0).takenBack
				&& this.pair.shows(key, latest.get(0)) && isTellable(key, latest.get(0))
				&& !mayBeBuriedElsewhere(key, latest.get(0)));
	}

	/**
	 * Note that a copy begins.
	 */
	void beginCopy() {
		for (LocationRole role : LocationRole.values()) {
			this.pair.store(role).forgetCopied();
		}
	}

	/**
	 * Judge what the locations have copied, be it that the process was not told so: none
	 * has copied an old source that never had the last one. That an older write has come
	 * late, its answer alone shows.
	 */
	void copied(String key, Moment began) {
		for (LocationRole role : LocationRole.values()) {
			String content = this.pair.store(role).copied();
			if (content != null && isKnownToLag(role, key, began)) {
				this.judge.showedElsewhere(key, content, began);
			}
		}
	}

	private boolean isKnownToLag(LocationRole role, String key, Moment began) {
		List<ToldWrite> latest = this.history.latest(key, began.time());
		return latest.size() == 1 && latest.get(0).isAcknowledged() && isTellable(key, latest.get(0))
				&& !this.judge.isOutdated(key, latest.get(0)) && !this.pair.mayHaveHad(role, key, latest.get(0));
	}

	/**
	 * Return which content a location has copied last.
	 */
	String copied(LocationRole role) {
		return Objects.requireNonNull(this.pair.store(role).copied());
	}

	/**
	 * Return whether an ETag tells the content of a write from others.
	 */
	private boolean isTellable(String key, ToldWrite write) {
		return write.content() == null || this.history.isUnique(key, write.content());
	}

	/**
	 * Return whether the location that did not take a write may have had it, and shows
	 * another one since.
	 */
	private boolean mayBeBuriedElsewhere(String key, ToldWrite write) {
		LocationRole other = Objects.requireNonNull(write.location).other();
		SimulatedBucket bucket = this.pair.store(other).bucket();
		return (!bucket.isVersioned() && !write.leaves(bucket.content(key)))
				|| this.judge.isBuriedElsewhere(key, write);
	}

}
