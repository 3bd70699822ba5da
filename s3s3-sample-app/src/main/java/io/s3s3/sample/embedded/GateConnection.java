package io.s3s3.sample.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/**
 * A client's connection through a {@link Gate} and the one behind it. Thread-safe.
 */
final class GateConnection {

	private final Socket client;

	private final Socket server = new Socket();

	private final BooleanSupplier hanging;

	/**
	 * Create a connection.
	 * @param client the client's connection
	 * @param hanging tells whether to swallow bytes
	 */
	GateConnection(Socket client, BooleanSupplier hanging) {
		this.client = client;
		this.hanging = hanging;
	}

	/**
	 * Connect to the server behind the gate and pass bytes both ways from now on.
	 * @param upstream the server
	 * @param onClose what to do when one side has closed the connection
	 * @throws IOException if the server does not accept it
	 */
	void open(InetSocketAddress upstream, Runnable onClose) throws IOException {
		this.server.connect(upstream);
		this.server.setTcpNoDelay(true);
		this.client.setTcpNoDelay(true);
		Gate.startDaemon("gate-requests", () -> {
			pump(this.client, this.server);
			close(onClose);
		});
		Gate.startDaemon("gate-answers", () -> {
			pump(this.server, this.client);
			// A server that gives up waiting must not end a hanging connection.
			if (!this.hanging.getAsBoolean()) {
				close(onClose);
			}
		});
	}

	/**
	 * Reset the connection, as a server that dies does.
	 */
	void reset() {
		reset(this.client);
		reset(this.server);
	}

	private void pump(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (!this.hanging.getAsBoolean()) {
					out.write(buffer, 0, count);
				}
			}
		}
		catch (IOException ex) {
			// One side went away: so does the other.
		}
	}

	private void close(Runnable onClose) {
		closeQuietly(this.client);
		closeQuietly(this.server);
		onClose.run();
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

	static void closeQuietly(Closeable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			// There is nothing left to close.
		}
	}

}
