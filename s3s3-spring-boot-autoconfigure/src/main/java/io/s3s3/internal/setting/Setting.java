package io.s3s3.internal.setting;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * A setting whose value can be checked: each check throws {@link InvalidSettingException}
 * if it fails. A value that is not set passes all checks. Immutable.
 *
 * @param <T> the type of value
 * @param name the name of the property that sets it
 * @param value the value, or {@code null} if it is not set
 */
public record Setting<T>(String name, @Nullable T value) {

	/** Nanoseconds are counted in a long. */
	private static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * Create a setting.
	 * @param <T> the type of value
	 * @param name the name of the property that sets it
	 */
	public static <T> Setting<T> of(String name, @Nullable T value) {
		return new Setting<>(name, value);
	}

	/**
	 * Check a condition.
	 * @param condition whether the value is valid
	 * @param rule the rule, as a sentence
	 */
	public Setting<T> require(boolean condition, String rule) {
		if (!condition) {
			throw new InvalidSettingException(this.name, this.value, rule);
		}
		return this;
	}

	/**
	 * Check that a number is not too small.
	 * @param minimum the smallest valid value
	 */
	public Setting<T> atLeast(int minimum) {
		return require(!(this.value instanceof Integer number) || number >= minimum,
				"It must be at least " + minimum + ".");
	}

	/**
	 * Check that a number is not too large.
	 * @param maximum the largest valid value
	 */
	public Setting<T> atMost(int maximum) {
		return require(!(this.value instanceof Integer number) || number <= maximum,
				"It must be at most " + maximum + ".");
	}

	/**
	 * Check that a number is a percentage, and not zero.
	 */
	public Setting<T> percentage() {
		return require(!(this.value instanceof Float percent) || (percent > 0 && percent <= 100),
				"It must be more than 0 and at most 100.");
	}

	/**
	 * Check that a duration is more than zero, and not unreasonably long.
	 */
	public Setting<T> positive() {
		return require(!(this.value instanceof Duration duration) || duration.compareTo(Duration.ZERO) > 0,
				"It must be more than zero.")
			.atMostLongest();
	}

	/**
	 * Check that a duration is neither negative nor unreasonably long.
	 */
	public Setting<T> notNegative() {
		return require(!(this.value instanceof Duration duration) || !duration.isNegative(), "It must not be negative.")
			.atMostLongest();
	}

	/**
	 * Check that a duration is between two others.
	 * @param minimum the shortest valid value
	 * @param maximum the longest valid value
	 */
	public Setting<T> between(Duration minimum, Duration maximum) {
		return require(
				!(this.value instanceof Duration duration)
						|| (duration.compareTo(minimum) >= 0 && duration.compareTo(maximum) <= 0),
				"It must be from " + minimum.toMillis() + "ms to " + maximum.toDays() + "d.");
	}

	/**
	 * Check that a size is between two others.
	 * @param minimum the smallest valid value, such as {@code 5MB}
	 * @param maximum the largest valid value
	 */
	public Setting<T> between(String minimum, String maximum) {
		return require(!(this.value instanceof DataSize size)
				|| (size.compareTo(DataSize.parse(minimum)) >= 0 && size.compareTo(DataSize.parse(maximum)) <= 0),
				"It must be between " + minimum + " and " + maximum + ".");
	}

	private Setting<T> atMostLongest() {
		return require(!(this.value instanceof Duration duration) || duration.compareTo(LONGEST) <= 0,
				"It must be at most 365d.");
	}

}
