package io.s3s3.consistency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What reads of each key have shown last. Not thread-safe.
 */
final class LastReads {

	private final Map<String, Shown> shown = new HashMap<>();

	/**
	 * Note what a read has shown.
	 * @param content the content, {@code null} for nothing
	 * @param began when the read began
	 */
	void note(String key, @Nullable String content, long began) {
		this.shown.put(key, new Shown(content, began));
	}

	/**
	 * Return whether the process may take a content for outdated: the last read has shown
	 * another one, and began after each of the writes had ended.
	 * @param content the content, {@code null} for nothing
	 * @param told the last writes that were acknowledged
	 */
	boolean outdate(String key, @Nullable String content, List<ToldWrite> told) {
		Shown last = this.shown.get(key);
		return last != null && !Objects.equals(last.content(), content)
				&& told.stream().allMatch((write) -> write.end() < last.began());
	}

	/**
	 * Return whether the last read has shown that there is nothing, and began after each
	 * of some writes had ended that was acknowledged.
	 */
	boolean showNothing(String key, List<ToldWrite> writes) {
		Shown last = this.shown.get(key);
		return last != null && last.content() == null
				&& writes.stream().allMatch((write) -> !write.isAcknowledged() || write.end() < last.began());
	}

	private record Shown(@Nullable String content, long began) {

	}

}
