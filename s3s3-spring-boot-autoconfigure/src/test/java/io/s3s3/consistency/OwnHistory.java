package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: what a process has been told of its own writes, in the order in which it
 * happened to the process and by no clock. A read may show what any write left that began
 * before the read ended, unless a later write is known to have taken effect before the
 * read began, and stands; two writes that overlap have no order. Not thread-safe.
 */
final class OwnHistory {

	private final Map<String, List<ToldWrite>> keys = new HashMap<>();

	/** The bytes of contents by their ETags. */
	private final Map<String, String> contents = new HashMap<>();

	/** The writes of the calls under way, the innermost call last. */
	private final List<List<ToldWrite>> calls = new ArrayList<>();

	private long now;

	/**
	 * Note that something happens now.
	 * @return when it happens
	 */
	long tick() {
		return ++this.now;
	}

	ToldWrite begin(String key, @Nullable String content) {
		if (content != null) {
			register(content);
		}
		return add(key, new ToldWrite(content, tick()));
	}

	private ToldWrite add(String key, ToldWrite write) {
		this.keys.computeIfAbsent(key, (unknown) -> new ArrayList<>()).add(write);
		return write;
	}

	void register(String content) {
		this.contents.put(StoredVersion.eTagOf(content), StoredVersion.bytesOf(content));
	}

	@Nullable String bytesOf(String eTag) {
		return this.contents.get(eTag.startsWith("\"") ? eTag : '"' + eTag + '"');
	}

	void calls(List<ToldWrite> writes) {
		this.calls.add(writes);
	}

	void returns() {
		this.calls.remove(this.calls.size() - 1);
	}

	/**
	 * Note that an attempt of the call under way was given up, but may still be executed.
	 * @return to be run when it is
	 */
	Runnable abandon() {
		List<ToldWrite> writes = this.calls.isEmpty() ? List.of() : this.calls.get(this.calls.size() - 1);
		writes.forEach((write) -> write.abandoned++);
		return () -> writes.forEach((write) -> {
			write.abandoned--;
			if (write.outcome == ToldWrite.Outcome.UNKNOWN) {
				write.ended = tick();
			}
		});
	}

	/**
	 * Note that a write was acknowledged.
	 * @param location who did it, as the last event of the call tells
	 */
	void acknowledged(ToldWrite write, @Nullable LocationRole location) {
		write.location = location;
		write.outcome = ToldWrite.Outcome.ACKNOWLEDGED;
		write.ended = tick();
	}

	/**
	 * Note which one of the writes that were possible was made.
	 * @param content what it left
	 * @return the write
	 */
	ToldWrite chosen(String key, List<ToldWrite> possible, String content) {
		long began = possible.get(0).began();
		ToldWrite write = possible.stream()
			.filter((each) -> each.leaves(content))
			.findFirst()
			.orElseGet(() -> add(key, new ToldWrite(content, began)));
		this.keys.computeIfAbsent(key, (unknown) -> new ArrayList<>())
			.removeIf((each) -> each != write && possible.contains(each));
		return write;
	}

	/**
	 * Note that a write was answered, and did not take place.
	 */
	void denied(String key, ToldWrite write) {
		writes(key).remove(write);
	}

	/**
	 * Return the contents that were written, in their order.
	 */
	List<String> contents(String key) {
		return writes(key).stream().map(ToldWrite::content).filter(Objects::nonNull).distinct().toList();
	}

	void failed(ToldWrite write) {
		write.outcome = ToldWrite.Outcome.UNKNOWN;
		write.ended = tick();
	}

	/**
	 * Note what a read has shown. It makes a write certain that only it can have left, as
	 * far as its bytes tell.
	 */
	void saw(String key, String content) {
		List<ToldWrite> writers = writersOf(key, content).toList();
		if (isUnique(key, content) && writers.get(0).outcome == ToldWrite.Outcome.UNKNOWN) {
			writers.get(0).outcome = ToldWrite.Outcome.SEEN;
			writers.get(0).ended = tick();
		}
	}

	/**
	 * Return what a read may show that ends now.
	 * @param began when it began
	 * @return the contents, {@code null} among them for nothing
	 */
	Set<@Nullable String> admissible(String key, long began) {
		return contents(key, began, writes(key), ToldWrite::isCertain);
	}

	/**
	 * Return what a read may show that ends now, as far as answers to writes tell: a read
	 * that has shown a write of which no answer told does not tell whose it was.
	 * @param began when it began
	 */
	Set<@Nullable String> acknowledged(String key, long began) {
		return contents(key, began, writes(key), ToldWrite::isAcknowledged);
	}

	/**
	 * Return what the process can recognize of what a read may show that ends now: what
	 * was acknowledged.
	 * @param began when it began
	 */
	Set<@Nullable String> recognizable(String key, long began) {
		List<ToldWrite> known = writes(key).stream().filter(ToldWrite::isAcknowledged).toList();
		return contents(key, began, known, ToldWrite::isCertain);
	}

	private Set<@Nullable String> contents(String key, long began, List<ToldWrite> writes,
			Predicate<ToldWrite> certain) {
		Set<@Nullable String> contents = new HashSet<>();
		if (!isSuperseded(key, 0, began, certain)) {
			contents.add(null);
		}
		writes.stream()
			.filter((write) -> !isSuperseded(key, write.end(), began, certain))
			.forEach((write) -> contents.add(write.content()));
		return contents;
	}

	/**
	 * Return the writes that are not superseded.
	 */
	List<ToldWrite> latest(String key, long began) {
		return writes(key).stream()
			.filter((write) -> !isSuperseded(key, write.end(), began, ToldWrite::isCertain))
			.toList();
	}

	boolean isOwn(String key, String content) {
		return writersOf(key, content).findFirst().isPresent();
	}

	/**
	 * Return whether answers have told the process by what to recognize a content.
	 */
	boolean isTold(String key, String content) {
		return writersOf(key, content).allMatch(ToldWrite::isAcknowledged);
	}

	/**
	 * Return whether one write alone has left the bytes of a content. Those of others may
	 * have been there before they were copied.
	 */
	boolean isUnique(String key, String content) {
		return !content.startsWith(StoredVersion.FOREIGN) && writes(key).stream()
			.filter((write) -> StoredVersion.haveSameBytes(write.content(), content))
			.count() == 1;
	}

	/**
	 * Return whether one write alone can have left a content: no copy whose answer was
	 * lost has, which may have copied anything.
	 */
	boolean isOfOneWrite(String key, String content) {
		return isUnique(key, content) && contents(key).stream().noneMatch((each) -> each.startsWith(Workload.UNKNOWN));
	}

	/**
	 * Return which content is meant by its bytes: rather one that a read may show.
	 * @param began when the read began
	 */
	String named(String key, String content, long began) {
		return Stream.concat(admissible(key, began).stream(), contents(key).stream())
			.filter((each) -> StoredVersion.haveSameBytes(each, content))
			.findFirst()
			.orElse(content);
	}

	private Stream<ToldWrite> writersOf(String key, String content) {
		return writes(key).stream().filter((write) -> write.leaves(content));
	}

	/**
	 * Return whether a write of this process is known to have taken the place of what was
	 * there before.
	 * @param time when that was there
	 * @param began when a read began
	 */
	boolean isReplaced(String key, long time, long began) {
		return isSuperseded(key, time, began, ToldWrite::isCertain);
	}

	/**
	 * Return whether a write was acknowledged since a read began: nothing tells whether
	 * what the read shows was there before.
	 */
	boolean hasWrittenSince(String key, long began) {
		return writes(key).stream().anyMatch((write) -> write.isAcknowledged() && write.end() > began);
	}

	/**
	 * Return whether an own deletion may be what the process sees, be it one of which it
	 * was told, or of a version just now.
	 */
	boolean mayBeGone(String key, long began) {
		return acknowledged(key, began).contains(null) || writes(key).stream().anyMatch((write) -> write.leaving);
	}

	/**
	 * Return whether the process does not know which of its writes is the last, since it
	 * was not told whether the version of one is gone.
	 */
	boolean mayBeOneOfTwo(String key, long began) {
		return latest(key, began).stream().anyMatch((write) -> write.takenBack && !write.gone);
	}

	/**
	 * Return how many versions of a key may have been deleted for good.
	 */
	long takenBack(String key) {
		return writes(key).stream().filter((write) -> write.takenBack).count();
	}

	private boolean isSuperseded(String key, long end, long began, Predicate<ToldWrite> certain) {
		return writes(key).stream()
			.anyMatch((later) -> certain.test(later) && !later.takenBack && later.began() > end && later.end() < began);
	}

	List<ToldWrite> writes(String key) {
		return this.keys.getOrDefault(key, List.of());
	}

}
