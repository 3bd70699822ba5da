package io.s3s3.internal.consistency;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The date of an answer, by the clock of the location, beside the time of this machine at
 * which it was heard. It is parsed only when times must decide. Immutable.
 *
 * @param date the date as the answer has it, in whole seconds
 * @param heard when it was heard, in milliseconds since the epoch
 */
record ServerTime(String date, long heard) {

	/**
	 * Return the time of an answer.
	 * @param http the answer, {@code null} if the client does not tell
	 * @param heard the time of this machine, in milliseconds since the epoch
	 * @return the time, or {@code null} if there is none
	 */
	static @Nullable ServerTime of(@Nullable SdkHttpResponse http, long heard) {
		String date = (http != null) ? http.firstMatchingHeader("Date").orElse(null) : null;
		return (date != null) ? new ServerTime(date, heard) : null;
	}

	/**
	 * Return the time by the clock of the location.
	 * @return the time, or {@code null} if the date is none
	 */
	@Nullable Instant instant() {
		try {
			return DateTimeFormatter.RFC_1123_DATE_TIME.parse(this.date, Instant::from);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Return how far the clocks of two locations are apart.
	 * @return the difference, or {@code null} if a date is none
	 */
	static @Nullable Duration skew(ServerTime one, ServerTime other) {
		Instant first = one.instant();
		Instant second = other.instant();
		return (first != null && second != null) ? Duration
			.ofMillis(Math.abs((first.toEpochMilli() - one.heard) - (second.toEpochMilli() - other.heard))) : null;
	}

}
