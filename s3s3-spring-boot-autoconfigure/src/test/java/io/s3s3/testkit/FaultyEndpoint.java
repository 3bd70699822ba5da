package io.s3s3.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * An endpoint on loopback with a fault: real sockets that refuse, break or never answer,
 * or an HTTP server with one answer for everybody.
 */
public final class FaultyEndpoint implements AutoCloseable {

	private final URI uri;

	private final List<AutoCloseable> resources = new CopyOnWriteArrayList<>();

	private final IntSupplier connections;

	private FaultyEndpoint(String uri, AutoCloseable... resources) {
		this(uri, () -> 0, resources);
	}

	private FaultyEndpoint(String uri, IntSupplier connections, AutoCloseable... resources) {
		this.uri = URI.create(uri);
		this.connections = connections;
		this.resources.addAll(List.of(resources));
	}

	/**
	 * Nobody listens at the port.
	 * @return the endpoint
	 */
	public static FaultyEndpoint refusing() {
		HeldPort port = HeldPort.take();
		return new FaultyEndpoint(port.uri().toString(), port);
	}

	/**
	 * A name that resolves nowhere: the top-level domain is reserved for that by RFC
	 * 2606.
	 * @return the endpoint
	 */
	public static FaultyEndpoint unresolvable() {
		return new FaultyEndpoint("http://s3.invalid");
	}

	/**
	 * The backlog is full, so that connecting gets no answer at all.
	 * @return the endpoint
	 */
	public static FaultyEndpoint unconnectable() {
		try {
			ServerSocket server = listen(1);
			FaultyEndpoint endpoint = new FaultyEndpoint("http://127.0.0.1:" + server.getLocalPort(), server);
			for (int i = 0; i < 4; i++) {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.connect(server.getLocalSocketAddress());
				endpoint.resources.add(channel);
			}
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the request and resets the connection.
	 * @return the endpoint
	 */
	public static FaultyEndpoint resetting() {
		return serving((socket) -> {
			HttpRequest.readAll(socket.getInputStream());
			socket.setSoLinger(true, 0);
		});
	}

	/**
	 * Resets the connection before it reads a byte.
	 * @return the endpoint
	 */
	public static FaultyEndpoint resettingAtOnce() {
		return serving((socket) -> socket.setSoLinger(true, 0));
	}

	/**
	 * Resets the connection when it has read the first byte of the body.
	 * @return the endpoint
	 */
	public static FaultyEndpoint resettingInBody() {
		return serving((socket) -> {
			if (HttpRequest.readHead(socket.getInputStream()).length() > 0) {
				socket.getInputStream().read();
			}
			socket.setSoLinger(true, 0);
		});
	}

	/**
	 * Reads the request and closes the connection without an answer.
	 * @return the endpoint
	 */
	public static FaultyEndpoint closing() {
		return serving((socket) -> HttpRequest.readAll(socket.getInputStream()));
	}

	/**
	 * Reads the request and never answers.
	 * @return the endpoint
	 */
	public static FaultyEndpoint silent() {
		return serving((socket) -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
	}

	/**
	 * Accepts the connection and takes no byte beyond what fits the socket's buffers.
	 * @return the endpoint
	 */
	public static FaultyEndpoint deaf() {
		return deaf((socket) -> {
		});
	}

	/**
	 * Asks for the body of a request and takes no byte of it beyond what fits the
	 * socket's buffers.
	 * @return the endpoint
	 */
	public static FaultyEndpoint deafToBodies() {
		return deaf((socket) -> {
			HttpRequest.readHead(socket.getInputStream());
			socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		});
	}

	private static FaultyEndpoint deaf(Listener.Behaviour before) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReceiveBufferSize(4096);
			server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
			CountDownLatch closed = new CountDownLatch(1);
			FaultyEndpoint endpoint = serving("http", server, (socket) -> {
				before.serve(socket);
				await(closed);
			});
			endpoint.resources.add(closed::countDown);
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Is asked for TLS and doesn't speak it.
	 * @return the endpoint
	 */
	public static FaultyEndpoint withoutTls() {
		return serving("https", listen(50), (socket) -> {
			socket.getInputStream().read();
			socket.getOutputStream()
				.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		});
	}

	/**
	 * Speaks TLS with a certificate that nobody vouches for.
	 * @return the endpoint
	 */
	public static FaultyEndpoint untrusted() {
		return speakingTls(Certificate.forName("localhost"));
	}

	/**
	 * Speaks TLS with a certificate that is trusted, but for another name.
	 * @return the endpoint
	 */
	public static FaultyEndpoint misnamed() {
		return speakingTls(Certificate.forName("elsewhere.example").trusted());
	}

	private static FaultyEndpoint speakingTls(Certificate certificate) {
		FaultyEndpoint endpoint = serving("https", certificate.listen(),
				(socket) -> HttpRequest.readAll(socket.getInputStream()));
		endpoint.resources.add(certificate);
		return endpoint;
	}

	public URI uri() {
		return this.uri;
	}

	/**
	 * How many connections came.
	 * @return the number
	 */
	public int connections() {
		return this.connections.getAsInt();
	}

	@Override
	public void close() {
		this.resources.forEach(Listener::closeQuietly);
	}

	/**
	 * Serves each connection in some way.
	 * @param behaviour what it does
	 * @return the endpoint
	 */
	static FaultyEndpoint serving(Listener.Behaviour behaviour) {
		return serving("http", listen(50), behaviour);
	}

	private static FaultyEndpoint serving(String scheme, ServerSocket server, Listener.Behaviour behaviour) {
		int port = server.getLocalPort();
		Listener listener = new Listener(server, behaviour, () -> HeldPort.retire(port));
		return new FaultyEndpoint(scheme + "://127.0.0.1:" + listener.port(), listener::connections, listener);
	}

	// It can't tell when the client goes away.
	private static void await(CountDownLatch latch) {
		Thread.currentThread().setName("deaf-connection");
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ServerSocket listen(int backlog) {
		try {
			return new ServerSocket(0, backlog, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
