package io.s3s3.sample.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that takes the server behind it down and up again, as seen by
 * clients: their connections are really refused, or really hang. Its port stays the same.
 * Thread-safe.
 */
public final class Gate implements AutoCloseable {

	private final InetSocketAddress upstream;

	private final int port;

	/** Writes guarded by "this". */
	private volatile GateState state = GateState.OPEN;

	/** Guarded by "this". */
	private @Nullable Listener listener;

	/** Keeps the port while nobody listens; guarded by "this". */
	private Socket reservation;

	private final Set<GateConnection> connections = ConcurrentHashMap.newKeySet();

	private Gate(int upstream, Socket reservation) {
		this.upstream = loopback(upstream);
		this.port = reservation.getLocalPort();
		this.reservation = reservation;
	}

	/**
	 * Open a gate at a free port.
	 * @param upstream the port on loopback of the server behind the gate
	 * @return the gate
	 */
	public static Gate open(int upstream) {
		try {
			Gate gate = new Gate(upstream, reserve(0));
			gate.listen();
			return gate;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public GateState state() {
		return this.state;
	}

	/**
	 * Change what the gate does. Connections survive only the change from open to
	 * hanging: what a hanging gate swallowed cannot be sent any more.
	 * @param next the new state
	 */
	public synchronized void transitionTo(GateState next) {
		if (next == this.state) {
			return;
		}
		try {
			if (next != GateState.HANGING) {
				stopListening();
				this.connections.forEach(GateConnection::reset);
				this.connections.clear();
			}
			this.state = next;
			if (next != GateState.REFUSING && this.listener == null) {
				listen();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The gate at port " + this.port + " does not change", ex);
		}
	}

	@Override
	public synchronized void close() {
		transitionTo(GateState.REFUSING);
		GateConnection.closeQuietly(this.reservation);
	}

	private synchronized void listen() throws IOException {
		ServerSocket socket = bind();
		this.listener = new Listener(socket, startDaemon("gate-listener", () -> {
			while (!socket.isClosed()) {
				try {
					admit(socket.accept());
				}
				catch (IOException ex) {
					// The listener was closed, or the client went away.
				}
			}
		}));
	}

	private void stopListening() throws IOException {
		if (this.listener != null) {
			this.listener.stop();
			this.listener = null;
			if (this.reservation.isClosed()) {
				this.reservation = reserve(this.port);
			}
		}
	}

	// A socket that is bound but doesn't listen keeps others from taking the port.
	private static Socket reserve(int port) throws IOException {
		Socket socket = new Socket();
		socket.setReuseAddress(true);
		socket.bind(loopback(port));
		return socket;
	}

	private void admit(Socket client) {
		GateConnection connection = new GateConnection(client, () -> this.state == GateState.HANGING);
		this.connections.add(connection);
		try {
			connection.open(this.upstream, () -> this.connections.remove(connection));
		}
		catch (IOException ex) {
			this.connections.remove(connection);
			connection.reset();
		}
	}

	private ServerSocket bind() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		try {
			socket.bind(loopback(this.port));
		}
		catch (BindException ex) {
			// Other systems than Linux let only one socket have a port.
			GateConnection.closeQuietly(this.reservation);
			socket.bind(loopback(this.port));
		}
		return socket;
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	static Thread startDaemon(String name, Runnable action) {
		Thread thread = new Thread(action, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * A socket that listens, and the thread that accepts its connections.
	 *
	 * @param socket the socket
	 * @param acceptor the thread
	 */
	private record Listener(ServerSocket socket, Thread acceptor) {

		// The port is free only when the thread is out of its system call.
		void stop() {
			GateConnection.closeQuietly(this.socket);
			try {
				this.acceptor.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
