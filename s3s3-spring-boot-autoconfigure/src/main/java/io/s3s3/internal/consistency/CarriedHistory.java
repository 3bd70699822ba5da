package io.s3s3.internal.consistency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.s3s3.consistency.WriteToken;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Source;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.internal.text.CheckedText;
import io.s3s3.location.LocationRole;

import org.springframework.util.Assert;

/**
 * What another process remembers of a key, as a {@link WriteToken} carries it. Times stay
 * behind: those of two processes cannot be compared. Immutable.
 *
 * @param key the fingerprint of the key
 * @param source who has told it
 * @param history what is remembered
 * @param token the text of the token
 */
record CarriedHistory(long key, Source source, KeyHistory history, String token) {

	private static final int LOCATION = 0x10;

	boolean isOf(String key) {
		return this.key == Fingerprints.of(key);
	}

	static WriteToken write(PairPlaces places, long origin, String key, KeyHistory history) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(content)) {
			out.writeLong(places.id());
			out.writeLong(Fingerprints.of(key));
			out.writeLong(origin);
			out.writeLong(System.nanoTime());
			out.writeByte(history.knowing().stream().mapToInt((role) -> 1 << places.indexOf(role)).sum());
			out.writeByte(history.doubts().stream().mapToInt((doubt) -> 1 << doubt.ordinal()).sum());
			out.writeByte(history.latest().size());
			for (OwnWrite write : history.latest()) {
				out.writeByte(write.kind().ordinal() + LOCATION * places.indexOf(write.location()));
				out.writeUTF(Objects.requireNonNullElse(write.identity().versionId(), ""));
				out.writeUTF(Objects.requireNonNullElse(write.identity().eTag(), ""));
			}
			long[] superseded = history.superseded().values();
			out.writeByte(superseded.length);
			for (long value : superseded) {
				out.writeLong(value);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new WriteToken(CheckedText.of(WriteToken.PREFIX, content.toByteArray()));
	}

	/**
	 * Read a token.
	 * @param places the pair that it must be of
	 * @param token the token
	 * @throws IllegalArgumentException if it is of another pair, or means nothing
	 */
	static CarriedHistory read(PairPlaces places, WriteToken token) {
		byte[] content = Objects.requireNonNull(CheckedText.contentOf(WriteToken.PREFIX, token.value()));
		Assert.isTrue(content.length >= Long.BYTES && ByteBuffer.wrap(content).getLong() == places.id(),
				"The write token is of another pair of buckets");
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
			in.skipNBytes(Long.BYTES);
			long key = in.readLong();
			Source source = new Source(in.readLong(), in.readLong());
			return new CarriedHistory(key, source, history(in, places, source), token.value());
		}
		catch (IOException | RuntimeException ex) {
			// Nobody but s3s3 writes tokens, but anybody may send one.
			throw new IllegalArgumentException("The write token cannot be read", ex);
		}
	}

	private static KeyHistory history(DataInputStream in, PairPlaces places, Source source) throws IOException {
		Set<LocationRole> knowing = EnumSet.noneOf(LocationRole.class);
		int known = in.readByte();
		for (int i = 0; i < LocationRole.values().length; i++) {
			if ((known & 1 << i) != 0) {
				knowing.add(places.at(i));
			}
		}
		Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
		int doubted = in.readByte();
		for (Doubt doubt : Doubt.values()) {
			if ((doubted & 1 << doubt.ordinal()) != 0) {
				doubts.add(doubt);
			}
		}
		long now = System.nanoTime();
		List<OwnWrite> latest = new ArrayList<>();
		for (int left = in.readUnsignedByte(); left > 0; left--) {
			int what = in.readUnsignedByte();
			latest.add(new OwnWrite(kindOf(what % LOCATION), places.at(what / LOCATION),
					ObjectIdentity.of(in.readUTF(), in.readUTF()), new Span(now, now, null), source));
		}
		long[] superseded = new long[in.readUnsignedByte()];
		for (int i = 0; i < superseded.length; i++) {
			superseded[i] = in.readLong();
		}
		return new KeyHistory(List.copyOf(latest), new Fingerprints(superseded), new Spread(knowing, now), doubts,
				null);
	}

	private static Kind kindOf(int number) throws IOException {
		if (number >= Kind.values().length) {
			throw new IOException("Unknown kind of write");
		}
		return Kind.values()[number];
	}

}
