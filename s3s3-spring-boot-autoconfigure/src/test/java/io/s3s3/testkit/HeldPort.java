package io.s3s3.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * A port on loopback that belongs to its holder: it refuses connections unless the holder
 * listens, and the system gives it to nobody else before it is closed. Thread-safe.
 */
public final class HeldPort implements AutoCloseable {

	private final int number;

	/** Bound, but neither connected nor listening; guarded by "this". */
	private Socket holder;

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
			close();
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
		Listener.closeQuietly(this.holder);
	}

}
