package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of a server, at one port for all its life, that can be told to
 * fail and to work again. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

	private static final byte[] UNAVAILABLE = ("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n"
			+ "Connection: close\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private final URI target;

	private final int port;

	private final AtomicInteger connections = new AtomicInteger();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile Mode mode = Mode.FORWARD;

	private ServerSocket server;

	/**
	 * Start a proxy that forwards.
	 * @param target the server behind it
	 */
	public FaultProxy(URI target) {
		this.target = target;
		this.server = listen(0);
		this.port = this.server.getLocalPort();
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * How many connections were accepted.
	 * @return the number
	 */
	public int connections() {
		return this.connections.get();
	}

	/**
	 * Fail, or work again. Connections that are open are closed, but those that fall
	 * silent.
	 * @param mode what to do from now on
	 */
	public synchronized void mode(Mode mode) {
		this.mode = mode;
		if (mode == Mode.REFUSE) {
			close(this.server);
		}
		else if (this.server.isClosed()) {
			this.server = listen(this.port);
		}
		if (mode != Mode.SILENT) {
			this.sockets.forEach(FaultProxy::close);
		}
	}

	@Override
	public void close() {
		mode(Mode.REFUSE);
	}

	private ServerSocket listen(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
			start(() -> accept(socket));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket server) {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				this.connections.incrementAndGet();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			switch (this.mode) {
				case FORWARD -> forward(socket);
				case UNAVAILABLE -> {
					HttpRequest.readAll(socket.getInputStream());
					socket.getOutputStream().write(UNAVAILABLE);
				}
				case SILENT -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
				case REFUSE -> {
				}
			}
		}
		catch (IOException ex) {
			// The connection broke, as told or by the client.
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private void forward(Socket socket) throws IOException {
		try (Socket upstream = new Socket(this.target.getHost(), this.target.getPort())) {
			this.sockets.add(upstream);
			start(() -> pump(upstream, socket));
			pump(socket, upstream);
			this.sockets.remove(upstream);
		}
	}

	// What is sent in silence is lost.
	private void pump(Socket from, Socket to) {
		byte[] buffer = new byte[16 * 1024];
		try {
			InputStream in = from.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (this.mode != Mode.SILENT) {
					to.getOutputStream().write(buffer, 0, count);
				}
			}
		}
		catch (IOException ex) {
			// One side is gone, the other one follows.
		}
		if (this.mode != Mode.SILENT) {
			close(from);
			close(to);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(AutoCloseable resource) {
		try {
			resource.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a proxy does with connections.
	 */
	public enum Mode {

		/**
		 * Forwards.
		 */
		FORWARD,

		/**
		 * Nobody listens.
		 */
		REFUSE,

		/**
		 * Takes all and never answers.
		 */
		SILENT,

		/**
		 * Answers each request with a 503.
		 */
		UNAVAILABLE

	}

}
