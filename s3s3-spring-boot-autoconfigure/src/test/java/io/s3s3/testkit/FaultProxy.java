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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy in front of a server, at one port for all its life, that can be told to
 * fail and to work again, and to reset its connections once clients have sent so many
 * bytes. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

	private static final byte[] UNAVAILABLE = ("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n"
			+ "Connection: close\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private static final long NEVER = Long.MAX_VALUE;

	private final URI target;

	private final int port;

	private final AtomicInteger connections = new AtomicInteger();

	private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

	private final Set<Socket> servers = ConcurrentHashMap.newKeySet();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	/** How many bytes clients may send before all connections are reset. */
	private final AtomicLong left = new AtomicLong(NEVER);

	private volatile boolean once;

	private volatile Mode mode = Mode.FORWARD;

	private ServerSocket server;

	private FaultProxy(URI target) {
		this.target = target;
		this.server = listen(0);
		this.port = this.server.getLocalPort();
	}

	/**
	 * Start a proxy that forwards.
	 * @param target the server behind it
	 * @return the proxy
	 */
	public static FaultProxy to(URI target) {
		return new FaultProxy(target);
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Return how many connections were accepted.
	 * @return the number
	 */
	public int connections() {
		return this.connections.get();
	}

	/**
	 * Return how many connections of clients are open.
	 * @return the number
	 */
	public int openConnections() {
		return this.clients.size();
	}

	/**
	 * Return what clients sent first on each connection.
	 * @return the beginning of each connection's bytes, as ISO 8859-1
	 */
	public List<String> heads() {
		return this.heads;
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
			this.clients.forEach(FaultProxy::close);
			this.servers.forEach(FaultProxy::close);
		}
	}

	/**
	 * Reset all connections after so many more bytes from clients, and new ones as well
	 * until it is healed.
	 * @param bytes how many
	 */
	public void cutAfter(long bytes) {
		this.left.set(bytes);
	}

	/**
	 * Reset all connections once, after so many more bytes from clients.
	 * @param bytes how many
	 */
	public void cutOnceAfter(long bytes) {
		this.once = true;
		cutAfter(bytes);
	}

	/**
	 * Reset no connection any more.
	 */
	public void heal() {
		this.left.set(NEVER);
	}

	/**
	 * Return whether clients have sent too many bytes.
	 * @return whether connections are being reset
	 */
	public boolean isCut() {
		return this.left.get() < 0;
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
				Socket client = server.accept();
				this.connections.incrementAndGet();
				this.clients.add(client);
				start(() -> serve(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			if (isCut()) {
				reset(client);
				return;
			}
			switch (this.mode) {
				case FORWARD -> forward(client);
				case UNAVAILABLE -> {
					HttpRequest.readAll(client.getInputStream());
					client.getOutputStream().write(UNAVAILABLE);
				}
				case SILENT -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
				case REFUSE -> {
				}
			}
		}
		catch (IOException ex) {
			// The connection broke, as told or by the client.
		}
		finally {
			this.clients.remove(client);
		}
	}

	private void forward(Socket client) throws IOException {
		try (Socket server = new Socket(this.target.getHost(), this.target.getPort())) {
			this.servers.add(server);
			start(() -> pump(server, client, false));
			pump(client, server, true);
			this.servers.remove(server);
		}
	}

	/**
	 * Pass bytes on. What is sent in silence is lost.
	 */
	private void pump(Socket from, Socket to, boolean fromClient) {
		byte[] buffer = new byte[16 * 1024];
		boolean first = fromClient;
		try {
			InputStream in = from.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (first) {
					this.heads.add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
					first = false;
				}
				if (fromClient && cuts(count)) {
					return;
				}
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

	private boolean cuts(int bytes) {
		if (this.left.get() == NEVER || this.left.addAndGet(-bytes) >= 0) {
			return false;
		}
		if (this.once) {
			heal();
		}
		this.clients.forEach(FaultProxy::reset);
		return true;
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// It is closed already.
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
	 * What a proxy does with connections: forwards them; has nobody listen; takes all and
	 * never answers; answers each request with a 503.
	 */
	public enum Mode {

		FORWARD, REFUSE, SILENT, UNAVAILABLE

	}

}
