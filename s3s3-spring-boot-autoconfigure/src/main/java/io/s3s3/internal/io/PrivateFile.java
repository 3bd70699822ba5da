package io.s3s3.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A new file that only its owner may read or write from the start, and that is never
 * opened again by its path. Not thread-safe.
 * <p>
 * It does not use a {@link java.nio.channels.FileChannel}, which an interrupted thread
 * would close for everybody, but an asynchronous channel that works on the caller's
 * thread.
 */
public final class PrivateFile implements AutoCloseable {

	/** The channel allocates memory outside of the heap for each chunk. */
	private static final int MAX_AT_ONCE = 1 << 17;

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private static final ExecutorService IN_CALLERS_THREAD = new CallersThread();

	private final AsynchronousFileChannel channel;

	private PrivateFile(AsynchronousFileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Create a file.
	 * @param path where it is
	 * @param options further options to open it with
	 * @return the file
	 * @throws IOException if it exists already, even as a link, or cannot be created
	 */
	public static PrivateFile create(Path path, OpenOption... options) throws IOException {
		Set<OpenOption> all = new HashSet<>(Set.of(options));
		all.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
		return new PrivateFile(AsynchronousFileChannel.open(path, all, IN_CALLERS_THREAD, ownerOnly(path)));
	}

	/**
	 * Create a temporary file. It is unlinked as soon as it is open, or, where the
	 * platform does not allow that, deleted when it is closed or the JVM exits.
	 * @param directory where it is
	 * @return the file
	 * @throws IOException if it cannot be created
	 */
	public static PrivateFile spoolIn(Path directory) throws IOException {
		return create(directory.resolve("s3s3-" + UUID.randomUUID() + ".spool"), StandardOpenOption.DELETE_ON_CLOSE);
	}

	/**
	 * Return whether only its owner may read or write a file.
	 * @param path where the file is
	 * @return whether that is so, or the file system has no permissions
	 * @throws IOException if that cannot be determined
	 */
	public static boolean isPrivate(Path path) throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class,
				LinkOption.NOFOLLOW_LINKS);
		return view == null || OWNER_ONLY.containsAll(view.readAttributes().permissions());
	}

	/**
	 * Return the attributes by which only the owner of a new file may read and write it.
	 * @param path where the file will be
	 * @return the attributes, none if the file system does not support them
	 */
	public static FileAttribute<?>[] ownerOnly(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
	}

	/**
	 * Write bytes.
	 * @param position the position of the first of them
	 * @param bytes the array that holds them
	 * @param offset where they begin in it
	 * @param length how many of them there are
	 * @throws IOException if they cannot be written
	 */
	public void write(long position, byte[] bytes, int offset, int length) throws IOException {
		for (int done = 0; done < length;) {
			ByteBuffer next = ByteBuffer.wrap(bytes, offset + done, Math.min(MAX_AT_ONCE, length - done));
			done += await(this.channel.write(next, position + done));
		}
	}

	/**
	 * Read bytes that were written.
	 * @param position the position of the first of them
	 * @param bytes where they go
	 * @param offset the position of the first of them
	 * @param length how many of them to read at most, more than zero
	 * @return how many were read, at least one
	 * @throws IOException if they cannot be read, or are no longer there
	 */
	public int read(long position, byte[] bytes, int offset, int length) throws IOException {
		int read = await(this.channel.read(ByteBuffer.wrap(bytes, offset, Math.min(MAX_AT_ONCE, length)), position));
		if (read <= 0) {
			throw new EOFException("The file was truncated by somebody else at " + position);
		}
		return read;
	}

	/**
	 * Lock the file against other processes, until it is closed.
	 * @return whether that is possible
	 * @throws IOException if the file system does not support locks
	 */
	public boolean tryLock() throws IOException {
		FileLock lock = this.channel.tryLock();
		return lock != null;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/**
	 * Return the result of an operation, which is complete because the channel works on
	 * this thread.
	 */
	private static int await(Future<Integer> done) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			return done.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException failure) ? failure : new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw new IOException(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Runs tasks on the thread that submits them.
	 */
	private static final class CallersThread extends AbstractExecutorService {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void shutdown() {
		}

		@Override
		public List<Runnable> shutdownNow() {
			return List.of();
		}

		@Override
		public boolean isShutdown() {
			return false;
		}

		@Override
		public boolean isTerminated() {
			return false;
		}

		@Override
		public boolean awaitTermination(long timeout, @Nullable TimeUnit unit) {
			return false;
		}

	}

}
