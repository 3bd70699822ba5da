package io.s3s3.sample.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that takes the server behind it down and up again, as seen by
 * clients: their connections are really refused, or really hang. Its port stays the same.
 * Thread-safe.
 */
public final class Gate implements AutoCloseable {

	private final int upstream;

	private final int port;

	/** Writes guarded by "this". */
	private volatile GateState state = GateState.OPEN;

	/** Guarded by "this". */
	private @Nullable ServerSocket listener;

	/** Keeps the port while nobody listens; guarded by "this". */
	private @Nullable Socket reservation;

	/** Guarded by "this". */
	private final Set<Connection> connections = new HashSet<>();

	private Gate(int upstream, ServerSocket listener) {
		this.upstream = upstream;
		this.port = listener.getLocalPort();
		this.listener = listener;
	}

	/**
	 * Open a gate at a free port.
	 * @param upstream the port on loopback of the server behind the gate
	 * @return the gate
	 */
	public static Gate open(int upstream) {
		try {
			ServerSocket listener = new ServerSocket();
			listener.bind(address(0));
			Gate gate = new Gate(upstream, listener);
			gate.startAccepting(listener);
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
	 * hanging: what a hanging gate swallowed can't be sent any more.
	 * @param next the new state
	 */
	public synchronized void transitionTo(GateState next) {
		if (next == this.state) {
			return;
		}
		try {
			if (next != GateState.HANGING) {
				resetConnections();
			}
			if (next == GateState.REFUSING) {
				stopListening();
			}
			else if (this.state == GateState.REFUSING) {
				listenAgain();
			}
			this.state = next;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The gate at port " + this.port + " does not change", ex);
		}
	}

	@Override
	public synchronized void close() {
		transitionTo(GateState.REFUSING);
		closeQuietly(this.reservation);
	}

	// A socket that is bound but doesn't listen keeps others from taking the port.
	private void stopListening() throws IOException {
		closeQuietly(this.listener);
		this.listener = null;
		Socket socket = new Socket();
		socket.setReuseAddress(true);
		socket.bind(address(this.port));
		this.reservation = socket;
	}

	private void listenAgain() throws IOException {
		closeQuietly(this.reservation);
		this.reservation = null;
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(address(this.port));
		this.listener = socket;
		startAccepting(socket);
	}

	private void startAccepting(ServerSocket from) {
		startDaemon("accept", () -> {
			while (!from.isClosed()) {
				try {
					admit(from.accept(), from);
				}
				catch (IOException ex) {
					// The listener was closed, or a client went away.
				}
			}
		});
	}

	private synchronized void admit(Socket client, ServerSocket from) throws IOException {
		if (from != this.listener) {
			reset(client);
			return;
		}
		Socket server = new Socket();
		try {
			server.connect(address(this.upstream));
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			reset(client);
			reset(server);
			return;
		}
		Connection connection = new Connection(client, server);
		this.connections.add(connection);
		startDaemon("requests", () -> pump(client, server, connection));
		startDaemon("answers", () -> pump(server, client, connection));
	}

	private void pump(Socket from, Socket to, Connection connection) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (this.state != GateState.HANGING) {
					out.write(buffer, 0, count);
				}
			}
		}
		catch (IOException ex) {
			// One side went away: so does the other.
		}
		// A server that tires of waiting must not end what hangs.
		if (from == connection.client() || this.state != GateState.HANGING) {
			drop(connection);
		}
	}

	private synchronized void drop(Connection connection) {
		this.connections.remove(connection);
		closeQuietly(connection.client());
		closeQuietly(connection.server());
	}

	private void resetConnections() {
		for (Connection connection : this.connections) {
			reset(connection.client());
			reset(connection.server());
		}
		this.connections.clear();
	}

	private void startDaemon(String task, Runnable action) {
		Thread thread = new Thread(action, "gate-" + this.port + "-" + task);
		thread.setDaemon(true);
		thread.start();
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	// To close without lingering sends a reset.
	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// It is closed already.
		}
		closeQuietly(socket);
	}

	private static void closeQuietly(@Nullable AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			// There is nothing left to close.
		}
	}

	/**
	 * A client's connection and the one behind it.
	 *
	 * @param client to the client
	 * @param server to the server behind the gate
	 */
	private record Connection(Socket client, Socket server) {

	}

}
