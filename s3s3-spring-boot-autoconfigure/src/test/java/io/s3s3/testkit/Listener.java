package io.s3s3.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves each connection to a socket in a thread of its own. Thread-safe.
 */
final class Listener implements AutoCloseable {

	private final ServerSocket socket;

	private final Behaviour behaviour;

	private final Runnable afterwards;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final Thread acceptor;

	/**
	 * Serve connections until it is closed.
	 * @param socket the socket, which listens
	 * @param behaviour what is done with each connection
	 */
	Listener(ServerSocket socket, Behaviour behaviour) {
		this(socket, behaviour, () -> {
		});
	}

	/**
	 * Serve connections until it is closed.
	 * @param socket the socket, which listens
	 * @param behaviour what is done with each connection
	 * @param afterwards what to do once the socket is closed
	 */
	Listener(ServerSocket socket, Behaviour behaviour, Runnable afterwards) {
		this.socket = socket;
		this.behaviour = behaviour;
		this.afterwards = afterwards;
		this.acceptor = start("test-listener", this::accept);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	boolean isClosed() {
		return this.socket.isClosed();
	}

	/**
	 * Return how many connections were accepted.
	 * @return the number
	 */
	int connections() {
		return this.connections.get();
	}

	/**
	 * Return the connections that are open.
	 * @return a live view
	 */
	Set<Socket> open() {
		return this.open;
	}

	/**
	 * Refuse connections from now on, and close those that are open.
	 */
	@Override
	public synchronized void close() {
		if (isClosed()) {
			return;
		}
		closeQuietly(this.socket);
		try {
			// The system goes on listening until the thread is out of its call.
			this.acceptor.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.afterwards.run();
		this.open.forEach(Listener::closeQuietly);
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket client = this.socket.accept();
				this.connections.incrementAndGet();
				this.open.add(client);
				start("test-connection", () -> serve(client));
			}
			catch (IOException ex) {
				// It was closed, or the client went away.
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			this.behaviour.serve(client);
		}
		catch (IOException ex) {
			// The connection broke, as it was to, or by its client.
		}
		finally {
			this.open.remove(client);
		}
	}

	static Thread start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	static void closeQuietly(AutoCloseable resource) {
		try {
			resource.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a server does with a connection before it closes it.
	 */
	@FunctionalInterface
	interface Behaviour {

		void serve(Socket socket) throws IOException;

	}

}
