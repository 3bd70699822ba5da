package io.s3s3.internal.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.StreamReads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;

/**
 * The body of a download, which continues with another answer if one breaks: no byte
 * comes twice, none is left out, and the stream ends only after the last one. If it is
 * closed early, it drops the connection instead of reading on. Read by one thread;
 * {@link #abort()} may be called by another.
 */
final class ResumingInputStream extends InputStream implements Abortable {

	/** How much is worth reading to the end, so that the connection can be reused. */
	private static final int DRAINABLE_BYTES = 1 << 16;

	private final BodyVerification verification;

	/** Replaced by the thread that reads. */
	private volatile BodySegment segment;

	private @Nullable ByteProgress progress;

	private volatile boolean aborted;

	/** The first byte of an answer until it is read, otherwise -1. */
	private int head;

	private long position;

	private boolean joined;

	private ReaderPauses pauses = new ReaderPauses(System::nanoTime);

	private boolean ended;

	/** Up to which position bytes are requested again if an answer breaks. */
	private long wanted = Long.MAX_VALUE;

	private @Nullable IOException failure;

	ResumingInputStream(BodySegment first, BodyVerification verification) {
		this.segment = first;
		this.head = first.firstByte();
		this.progress = first.progress();
		this.verification = verification;
	}

	boolean hasFailed() {
		return this.failure != null;
	}

	/**
	 * Set up to which position bytes are requested again if the answer breaks: others
	 * fetch those after it.
	 */
	void wantUpTo(long position) {
		this.wanted = position;
	}

	/**
	 * Return whether there is nothing more to read.
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Return whether the bytes still have to be verified: those of several answers, and
	 * those of an answer without a length, unless they were digested as they passed.
	 */
	boolean isUnverified() {
		return this.verification.digest() == null && isDoubtful();
	}

	/**
	 * Return whether the bytes come from several answers, or from one without a length.
	 */
	private boolean isDoubtful() {
		return this.joined || object().length() < 0;
	}

	ObjectRange object() {
		return this.segment.object();
	}

	DownloadResumer resumer() {
		return this.segment.resumer();
	}

	BodyVerification verification() {
		return this.verification;
	}

	/**
	 * Return the progress, which the caller reports from now on.
	 */
	@Nullable ByteProgress takeProgress() {
		ByteProgress taken = this.progress;
		this.progress = null;
		return taken;
	}

	@Override
	public int read() throws IOException {
		return StreamReads.single(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (this.failure != null) {
			throw this.failure;
		}
		if (length == 0) {
			return 0;
		}
		this.pauses.endPause();
		try {
			return this.ended ? -1 : receive(bytes, offset, length);
		}
		catch (IOException ex) {
			this.failure = ex;
			this.segment.stream().abort();
			throw ex;
		}
		catch (RuntimeException ex) {
			this.failure = new IOException("The download broke before", ex);
			throw ex;
		}
		finally {
			this.pauses.beginPause();
		}
	}

	private int receive(byte[] bytes, int offset, int length) throws IOException {
		int given = fill(bytes, offset, length);
		this.verification.update(bytes, offset, given);
		if (isComplete() || this.ended) {
			end();
		}
		if (this.progress != null && (given > 0 || object().length() < 0)) {
			// Without a length, the end tells the total.
			this.progress.moved(this.position, this.ended ? this.position : object().length());
		}
		return (given > 0) ? given : -1;
	}

	/**
	 * Read at least one byte, unless none is left.
	 */
	private int fill(byte[] bytes, int offset, int length) throws IOException {
		int given = takeHead(bytes, offset);
		while (given < length && !isComplete()) {
			try {
				int read = readSome(bytes, offset + given, length - given);
				if (read >= 0) {
					given += read;
					this.position += read;
					break;
				}
				if (given > 0) {
					break;
				}
				if (object().length() >= 0) {
					throw endedEarly();
				}
				this.verification.requireEnd(this.position);
				this.ended = true;
				break;
			}
			catch (AbortedException ex) {
				throw ex;
			}
			catch (IOException | SdkException ex) {
				resume(ex);
				given += takeHead(bytes, offset + given);
			}
		}
		return given;
	}

	private int takeHead(byte[] bytes, int offset) {
		if (this.head < 0) {
			return 0;
		}
		bytes[offset] = (byte) this.head;
		this.head = -1;
		this.position++;
		return 1;
	}

	/**
	 * Read from the answer, but nothing beyond the object.
	 */
	private int readSome(byte[] bytes, int offset, int length) throws IOException {
		long end = object().length();
		long left = (end < 0) ? Long.MAX_VALUE : end - this.position;
		return StreamReads.read(this.segment.stream(), bytes, offset, (int) Math.min(length, left));
	}

	private boolean isComplete() {
		return this.position == object().length();
	}

	/**
	 * Read past the last byte, which makes the SDK verify its checksum and release the
	 * connection.
	 */
	private void end() throws IOException {
		if (!this.ended) {
			this.ended = true;
			BodyVerification.requireNoMore(this.segment.stream(), object().length());
		}
		this.verification.requireMatch(isDoubtful());
	}

	private void resume(Exception cause) throws IOException {
		this.segment.stream().abort();
		ObjectRange missing = (this.wanted < object().length()) ? object().part(0, this.wanted) : object();
		ResumePoint broken = new ResumePoint(missing, this.position, this.verification.versionSuffices(),
				this.pauses.outweighReads(), cause);
		BodySegment rest = this.aborted ? null : this.segment.resumer().resume(broken);
		this.pauses = new ReaderPauses(System::nanoTime);
		if (rest == null) {
			throw (cause instanceof IOException failed) ? failed : new IOException(cause.getMessage(), cause);
		}
		this.segment = rest;
		this.head = rest.firstByte();
		this.joined = true;
		if (this.progress != null) {
			this.progress = rest.progress();
		}
		if (this.aborted) {
			this.segment.stream().abort();
		}
	}

	private EOFException endedEarly() {
		return new EOFException("The answer ended after %d of %d bytes".formatted(this.position, object().length()));
	}

	@Override
	public int available() throws IOException {
		return (this.head >= 0) ? 1 : this.segment.stream().available();
	}

	@Override
	public void abort() {
		this.aborted = true;
		this.segment.stream().abort();
	}

	@Override
	public void close() {
		if (!this.ended && (this.failure != null || object().length() < 0
				|| object().length() - this.position > DRAINABLE_BYTES)) {
			abort();
			return;
		}
		this.aborted = true;
		try {
			this.segment.stream().close();
		}
		catch (IOException | SdkException ex) {
			// The little that was left is not worth a wait, least of all on an
			// interrupted thread.
			this.segment.stream().abort();
		}
	}

}
