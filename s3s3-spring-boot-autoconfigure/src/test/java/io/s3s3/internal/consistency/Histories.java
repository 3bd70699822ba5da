package io.s3s3.internal.consistency;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * For tests that need histories of a key, and what locations show of it. One unit of real
 * time is a second, as on the servers' clocks.
 */
abstract class Histories {

	private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

	static OwnWrite maybe(Kind kind, LocationRole at, int began) {
		return new OwnWrite(kind, at, ObjectIdentity.UNKNOWN,
				new Span(began * 1_000_000_000L, (began + 1) * 1_000_000_000L, null));
	}

	static KeyHistory history(OwnWrite... writes) {
		KeyHistory history = KeyHistory.EMPTY;
		for (OwnWrite write : writes) {
			history = history.acknowledged(write);
		}
		return history;
	}

	static OwnWrite put(LocationRole at, @Nullable String version, String eTag, int began, int ended) {
		return new OwnWrite(Kind.PUT, at, ObjectIdentity.of(version, '"' + eTag + '"'), span(began, ended));
	}

	static OwnWrite delete(LocationRole at, String marker, int began, int ended) {
		return new OwnWrite(Kind.DELETE, at, ObjectIdentity.of(marker, null), span(began, ended));
	}

	static OwnWrite deletion(LocationRole at, int began, int ended) {
		return new OwnWrite(Kind.DELETE, at, ObjectIdentity.UNKNOWN, span(began, ended));
	}

	static Span span(int began, int ended) {
		return new Span(began * 1_000_000_000L, ended * 1_000_000_000L, time(ended, ended));
	}

	static Sighting seen(@Nullable String version, String eTag, int written) {
		return new Sighting(true, ObjectIdentity.of(version, eTag), at(written), time(500, 500));
	}

	static ServerTime time(int date, int heard) {
		return new ServerTime(DateTimeFormatter.RFC_1123_DATE_TIME.format(at(date).atOffset(ZoneOffset.UTC)),
				at(heard).toEpochMilli());
	}

	static Instant at(int second) {
		return EPOCH.plusSeconds(second);
	}

}
