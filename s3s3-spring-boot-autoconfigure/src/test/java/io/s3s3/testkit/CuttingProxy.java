package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server on loopback and resets all its connections once clients have
 * sent so many bytes; from then on new ones are reset as well, until it is healed.
 */
public final class CuttingProxy implements AutoCloseable {

	private final ServerSocket server;

	private final URI target;

	private volatile boolean once;

	private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private CuttingProxy(ServerSocket server, URI target) {
		this.server = server;
		this.target = target;
	}

	public static CuttingProxy to(URI target) {
		try {
			CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
			daemon(proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Cut all connections after so many more bytes from clients.
	 * @param bytes how many
	 */
	public void cutAfter(long bytes) {
		this.left.set(bytes);
	}

	/**
	 * Cut all connections once, after so many more bytes from clients.
	 * @param bytes how many
	 */
	public void cutOnceAfter(long bytes) {
		this.once = true;
		cutAfter(bytes);
	}

	/**
	 * Let everything through.
	 */
	public void heal() {
		this.left.set(Long.MAX_VALUE);
	}

	/**
	 * Return whether the cut came.
	 * @return whether connections are being reset
	 */
	public boolean isCut() {
		return this.left.get() < 0;
	}

	/**
	 * Return how many connections of clients are open.
	 * @return the number
	 */
	public int connections() {
		return this.sockets.size();
	}

	/**
	 * Return what clients sent first on each connection.
	 * @return the beginning of each connection's bytes, as ISO 8859-1
	 */
	public List<String> heads() {
		return this.heads;
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.sockets.forEach(CuttingProxy::reset);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				if (isCut()) {
					reset(client);
					continue;
				}
				this.sockets.add(client);
				Socket upstream = new Socket(this.target.getHost(), this.target.getPort());
				daemon(() -> forward(client, upstream));
				daemon(() -> answer(upstream, client));
			}
			catch (IOException ex) {
				if (this.server.isClosed()) {
					return;
				}
			}
		}
	}

	private void forward(Socket client, Socket upstream) {
		byte[] buffer = new byte[8192];
		boolean first = true;
		try (client; upstream) {
			InputStream in = client.getInputStream();
			OutputStream out = upstream.getOutputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (first) {
					this.heads.add(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
					first = false;
				}
				if (this.left.get() != Long.MAX_VALUE && this.left.addAndGet(-read) < 0) {
					if (this.once) {
						heal();
					}
					this.sockets.forEach(CuttingProxy::reset);
					return;
				}
				out.write(buffer, 0, read);
			}
		}
		catch (IOException ex) {
			// Somebody went away.
		}
		finally {
			this.sockets.remove(client);
		}
	}

	private static void answer(Socket upstream, Socket client) {
		try (client; upstream) {
			upstream.getInputStream().transferTo(client.getOutputStream());
		}
		catch (IOException ex) {
			// Somebody went away.
		}
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

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "cutting-proxy");
		thread.setDaemon(true);
		thread.start();
	}

}
