package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy in front of a server, with a fixed port, that can be told to fail and to
 * work again, and to reset its connections once clients have sent so many bytes.
 * Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

	private static final byte[] UNAVAILABLE = ("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n"
			+ "Connection: close\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private static final long NEVER = Long.MAX_VALUE;

	private final URI target;

	private final HeldPort port = HeldPort.take();

	private final AtomicInteger connections = new AtomicInteger();

	private final Set<Socket> servers = ConcurrentHashMap.newKeySet();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	/** How many bytes clients may send before all connections are reset. */
	private final AtomicLong left = new AtomicLong(NEVER);

	private volatile boolean once;

	private volatile Mode mode = Mode.FORWARD;

	/** In milliseconds. */
	private volatile long delay;

	/** Writes guarded by "this". */
	private volatile Listener listener;

	private FaultProxy(URI target) {
		this.target = target;
		this.listener = listen();
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
		return this.port.uri();
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
		return this.listener.open().size();
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
			this.listener.close();
		}
		else if (this.listener.isClosed()) {
			this.listener = listen();
		}
		if (mode != Mode.SILENT) {
			this.listener.open().forEach(Listener::closeQuietly);
			this.servers.forEach(Listener::closeQuietly);
		}
	}

	/**
	 * Pass on what the server answers later from now on, as a server does that is slow.
	 * @param delay by how much later
	 */
	public void delay(Duration delay) {
		this.delay = delay.toMillis();
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
		this.port.close();
	}

	private Listener listen() {
		return this.port.listen(this::serve);
	}

	private void serve(Socket client) throws IOException {
		this.connections.incrementAndGet();
		if (isCut()) {
			client.setSoLinger(true, 0);
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

	private void forward(Socket client) throws IOException {
		try (Socket server = new Socket(this.target.getHost(), this.target.getPort())) {
			this.servers.add(server);
			Listener.start("fault-proxy", () -> pump(server, client, false));
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
				if (!fromClient) {
					Thread.sleep(this.delay);
				}
				if (this.mode != Mode.SILENT) {
					to.getOutputStream().write(buffer, 0, count);
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// One side is gone, the other one follows.
		}
		if (this.mode != Mode.SILENT) {
			Listener.closeQuietly(from);
			Listener.closeQuietly(to);
		}
	}

	private boolean cuts(int bytes) {
		if (this.left.get() == NEVER || this.left.addAndGet(-bytes) >= 0) {
			return false;
		}
		if (this.once) {
			heal();
		}
		this.listener.open().forEach(FaultProxy::reset);
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

	/**
	 * What a proxy does with connections: forwards them; has nobody listen; takes all and
	 * never answers; answers each request with a 503.
	 */
	public enum Mode {

		FORWARD, REFUSE, SILENT, UNAVAILABLE

	}

}
