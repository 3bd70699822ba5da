package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What happened in a simulation, which becomes text only if somebody asks. Not
 * thread-safe.
 */
final class SimulationLog {

	private final List<Line> lines = new ArrayList<>();

	void add(long time, String format, @Nullable Object... arguments) {
		this.lines.add(new Line(time, format, arguments));
	}

	/**
	 * Return what concerns a key, in order: its calls, and what concerns all of them.
	 * @param end when to end
	 */
	String of(String key, long end) {
		return this.lines.stream()
			.filter((line) -> line.time() <= end)
			.map(Line::toString)
			.filter((line) -> !line.contains("key") || line.contains(key))
			.collect(Collectors.joining(System.lineSeparator()));
	}

	/**
	 * A line.
	 */
	@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
	private record Line(long time, String format, @Nullable Object[] arguments) {

		@Override
		public String toString() {
			return this.time + " " + this.format.formatted(this.arguments);
		}

	}

}
