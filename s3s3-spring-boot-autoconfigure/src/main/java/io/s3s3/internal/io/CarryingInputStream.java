package io.s3s3.internal.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * A stream of the caller that an HTTP client reads: whatever it throws is recorded, and
 * carried past the client. Not thread-safe.
 */
public class CarryingInputStream extends FilterInputStream {

	private final Consumer<Throwable> onFailure;

	/**
	 * Create a stream.
	 * @param in the caller's stream
	 * @param onFailure receives what the stream throws
	 */
	public CarryingInputStream(InputStream in, Consumer<Throwable> onFailure) {
		super(in);
		this.onFailure = onFailure;
	}

	@Override
	public int read() throws IOException {
		try {
			return this.in.read();
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return this.in.read(bytes, offset, length);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public long skip(long bytes) throws IOException {
		try {
			return this.in.skip(bytes);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public int available() throws IOException {
		try {
			return this.in.available();
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.in.close();
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public synchronized void mark(int limit) {
		try {
			this.in.mark(limit);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	@Override
	public synchronized void reset() throws IOException {
		try {
			this.in.reset();
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public boolean markSupported() {
		try {
			return this.in.markSupported();
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	private RuntimeException unchecked(Throwable error) {
		try {
			return failed(error);
		}
		catch (IOException ex) {
			return new UncheckedIOException(ex);
		}
	}

	private RuntimeException failed(Throwable error) throws IOException {
		this.onFailure.accept(error);
		return CarriedThrowable.carry(error);
	}

}
