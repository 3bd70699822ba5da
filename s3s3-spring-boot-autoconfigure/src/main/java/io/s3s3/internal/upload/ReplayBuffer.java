package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.s3s3.internal.io.RangeInputStream;
import io.s3s3.internal.io.StreamReads;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a stream that can be read only once as it is read, so that it can be read
 * again. The stream is read on demand, each byte once: a view returns what is recorded
 * and then continues with the stream itself. A buffer that would exceed its limit is
 * dropped; a view that has caught up with the stream continues nevertheless. Thread-safe.
 */
final class ReplayBuffer implements Content {

	private static final Logger logger = LoggerFactory.getLogger(ReplayBuffer.class);

	private static final int BUFFER_SIZE = Spool.BLOCK;

	/** Held while the source is read, which may take long. */
	private final Object reading = new Object();

	private final InputStream source;

	private final Consumer<Throwable> onSourceFailure;

	private final long limit;

	private final Path directory;

	private final Spool spool;

	/** How many bytes of the source were read; written with "reading" held. */
	private volatile long size;

	/** Written with "reading" held. */
	private volatile boolean ended;

	/** What the source threw, after which bytes may be lost. Guarded by "reading". */
	private @Nullable Exception sourceFailure;

	/** Why the buffer was dropped; written with "reading" held. */
	private volatile @Nullable String notReplayableReason;

	ReplayBuffer(InputStream source, TransferSettings settings, Consumer<Throwable> onSourceFailure) {
		this.source = source;
		this.onSourceFailure = onSourceFailure;
		this.limit = settings.recordingLimit();
		this.directory = settings.directory();
		this.spool = new Spool(settings);
	}

	@Override
	public @Nullable String notReplayableReason() {
		return this.notReplayableReason;
	}

	@Override
	public boolean holds(long position) {
		return this.notReplayableReason == null && position <= this.limit;
	}

	@Override
	public long fill(long position) throws IOException {
		byte[] buffer = new byte[(int) Math.max(0, Math.min(BUFFER_SIZE, position - this.size))];
		while (this.size < position && !this.ended && this.notReplayableReason == null) {
			synchronized (this.reading) {
				if (this.size < position) {
					readSource(buffer, 0, (int) Math.min(buffer.length, position - this.size));
				}
			}
		}
		return Math.min(position, this.size);
	}

	@Override
	public InputStream open(long from, long to) {
		return new RangeInputStream(this::read, from, to);
	}

	@Override
	public void close() {
		closeQuietly(this.spool);
		closeQuietly(this.source);
	}

	private int read(long position, byte[] bytes, int offset, int length) throws IOException {
		if (position < this.size) {
			return replay(position, bytes, offset, length);
		}
		synchronized (this.reading) {
			fill(position);
			return (position < this.size) ? replay(position, bytes, offset, length) : readSource(bytes, offset, length);
		}
	}

	private int replay(long position, byte[] bytes, int offset, int length) throws IOException {
		if (this.notReplayableReason != null) {
			throw new IOException("The body cannot be sent again: " + this.notReplayableReason);
		}
		return this.spool.read(position, bytes, offset, (int) Math.min(length, this.size - position));
	}

	@SuppressWarnings("NonAtomicOperationOnVolatileField") // written with "reading" held
	private int readSource(byte[] bytes, int offset, int length) throws IOException {
		int read = this.ended ? -1 : askSource(bytes, offset, length);
		if (read < 0) {
			this.ended = true;
			return read;
		}
		record(bytes, offset, read);
		this.size += read;
		return read;
	}

	private int askSource(byte[] bytes, int offset, int length) throws IOException {
		if (this.sourceFailure != null) {
			throw new IOException("The body broke before", this.sourceFailure);
		}
		try {
			return StreamReads.read(this.source, bytes, offset, length);
		}
		catch (IOException | RuntimeException ex) {
			this.sourceFailure = ex;
			this.onSourceFailure.accept(ex);
			throw ex;
		}
	}

	private void record(byte[] bytes, int offset, int length) {
		if (this.notReplayableReason != null) {
			return;
		}
		if (this.size + length > this.limit) {
			drop("it is longer than s3s3.transfer.memory-limit and s3s3.transfer.spool-limit together");
			return;
		}
		try {
			this.spool.append(bytes, offset, length);
		}
		catch (IOException ex) {
			logger.warn("A body cannot be recorded in {}, so it cannot be sent to another location: {}", this.directory,
					ex.toString());
			logger.debug("Why a body cannot be recorded", ex);
			drop("it could not be recorded in s3s3.transfer.directory");
		}
	}

	private void drop(String reason) {
		this.notReplayableReason = reason;
		closeQuietly(this.spool);
	}

	static void closeQuietly(@Nullable AutoCloseable resource) {
		try {
			if (resource != null) {
				resource.close();
			}
		}
		catch (Exception ex) {
			logger.debug("Could not close the source of a body", ex);
		}
	}

}
