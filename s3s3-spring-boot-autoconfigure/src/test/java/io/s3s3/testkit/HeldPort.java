package io.s3s3.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A port on loopback that belongs to its holder: it refuses connections unless the holder
 * listens, and the system gives it to nobody else before it is closed, nor soon after.
 * Thread-safe.
 */
public final class HeldPort implements AutoCloseable {

	/** What is left of a test may still call where its servers were. */
	private static final int RETIRED = 200;

	private static final Queue<Socket> retired = new ConcurrentLinkedQueue<>();

	private final int number;

	/** Bound, but neither connected nor listening; guarded by "this". */
	private Socket holder;

	/** Guarded by "this". */
	private boolean closed;

	private HeldPort() {
		this.holder = hold(0);
		this.number = this.holder.getLocalPort();
	}

	/**
	 * Take a free port.
	 * @return the port
	 */
	public static HeldPort take() {
		return new HeldPort();
	}

	/**
	 * Keep a port that is free again from other servers for a while.
	 * @param number the port
	 */
	static void retire(int number) {
		try {
			retire(hold(number));
		}
		catch (UncheckedIOException ex) {
			// Somebody else has it already.
		}
	}

	private static void retire(Socket holder) {
		retired.add(holder);
		while (retired.size() > RETIRED) {
			Socket oldest = retired.poll();
			if (oldest != null) {
				Listener.closeQuietly(oldest);
			}
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.number);
	}

	/**
	 * Serve connections until the listener is closed.
	 * @param behaviour what is done with each connection
	 * @return the listener
	 */
	synchronized Listener listen(Listener.Behaviour behaviour) {
		try {
			return new Listener(bind(), behaviour, this::hold);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ServerSocket bind() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		try {
			socket.bind(loopback(this.number), 200);
		}
		catch (BindException ex) {
			// Other systems than Linux let only one socket have a port.
			Listener.closeQuietly(this.holder);
			socket.bind(loopback(this.number), 200);
		}
		return socket;
	}

	private synchronized void hold() {
		if (this.holder.isClosed()) {
			this.holder = hold(this.number);
		}
	}

	private static Socket hold(int port) {
		try {
			Socket socket = new Socket();
			socket.setReuseAddress(true);
			socket.bind(loopback(port));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			retire(this.holder);
		}
	}

}
