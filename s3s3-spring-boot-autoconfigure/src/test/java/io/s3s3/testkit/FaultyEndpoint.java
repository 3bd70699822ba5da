package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint on loopback with a fault: real sockets that refuse, break or never answer,
 * or an HTTP server with one answer for everybody.
 */
public final class FaultyEndpoint implements AutoCloseable {

	private final URI uri;

	private final List<AutoCloseable> resources = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private FaultyEndpoint(String uri) {
		this.uri = URI.create(uri);
	}

	/**
	 * Nobody listens at the port.
	 * @return the endpoint
	 */
	public static FaultyEndpoint refusing() {
		try (ServerSocket socket = listen(50)) {
			return new FaultyEndpoint("http://127.0.0.1:" + socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
			FaultyEndpoint endpoint = new FaultyEndpoint("http://127.0.0.1:" + server.getLocalPort());
			endpoint.resources.add(server);
			for (int i = 0; i < 4; i++) {
				Socket socket = new Socket();
				endpoint.resources.add(socket);
				java.nio.channels.SocketChannel channel = java.nio.channels.SocketChannel.open();
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
		return serving("http", (socket) -> {
			readRequest(socket.getInputStream());
			socket.setSoLinger(true, 0);
		});
	}

	/**
	 * Resets the connection before it reads a byte.
	 * @return the endpoint
	 */
	public static FaultyEndpoint resettingAtOnce() {
		return serving("http", (socket) -> socket.setSoLinger(true, 0));
	}

	/**
	 * Reads the request and closes the connection without an answer.
	 * @return the endpoint
	 */
	public static FaultyEndpoint closing() {
		return serving("http", (socket) -> readRequest(socket.getInputStream()));
	}

	/**
	 * Reads the request and never answers.
	 * @return the endpoint
	 */
	public static FaultyEndpoint silent() {
		return serving("http", (socket) -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
	}

	/**
	 * Accepts the connection and takes no byte beyond what fits the socket's buffers.
	 * @return the endpoint
	 */
	public static FaultyEndpoint deaf() {
		return serving("http", (socket) -> {
			try {
				new java.util.concurrent.CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	/**
	 * Is asked for TLS and doesn't speak it.
	 * @return the endpoint
	 */
	public static FaultyEndpoint withoutTls() {
		return serving("https", (socket) -> {
			socket.getInputStream().read();
			socket.getOutputStream()
				.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		});
	}

	/**
	 * Answers with an error of S3.
	 * @param status the HTTP status
	 * @param code the error code, or an empty string for no body
	 * @return the endpoint
	 */
	public static FaultyEndpoint answering(int status, String code) {
		String body = code.isEmpty() ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
				+ "</Code><Message>as told</Message><RequestId>1</RequestId></Error>";
		return serving("http", (socket) -> {
			String method = readRequest(socket.getInputStream());
			String content = method.equals("HEAD") ? "" : body;
			respond(socket, "HTTP/1.1 " + status + " As told\r\nContent-Type: application/xml\r\nContent-Length: "
					+ content.length() + "\r\nConnection: close\r\n\r\n" + content);
		});
	}

	/**
	 * Answers with a page of HTML, as some other web server does.
	 * @param status the HTTP status
	 * @return the endpoint
	 */
	public static FaultyEndpoint answeringHtml(int status) {
		String page = "<html><body>Welcome</body></html>";
		return serving("http", (socket) -> {
			String method = readRequest(socket.getInputStream());
			respond(socket, "HTTP/1.1 " + status + " As told\r\nContent-Type: text/html\r\nContent-Length: "
					+ page.length() + "\r\nConnection: close\r\n\r\n" + (method.equals("HEAD") ? "" : page));
		});
	}

	/**
	 * Answers with an object of 100 bytes and closes the connection after the first of
	 * them.
	 * @param content the first bytes
	 * @return the endpoint
	 */
	public static FaultyEndpoint truncating(String content) {
		return serving("http", (socket) -> {
			readRequest(socket.getInputStream());
			respond(socket, "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 100\r\n\r\n" + content);
		});
	}

	/**
	 * Answers with status 200 and a body.
	 * @param body the body
	 * @param length how many bytes it claims to have
	 * @param goesOn whether the connection stays open behind the body
	 * @return the endpoint
	 */
	public static FaultyEndpoint succeeding(String body, int length, boolean goesOn) {
		return serving("http", (socket) -> {
			readRequest(socket.getInputStream());
			respond(socket, "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Type: application/xml\r\nContent-Length: "
					+ length + "\r\n" + (goesOn ? "" : "Connection: close\r\n") + "\r\n" + body);
			if (goesOn) {
				socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
			}
		});
	}

	/**
	 * Begins an answer of XML and never ends it.
	 * @return the endpoint
	 */
	public static FaultyEndpoint stallingInXml() {
		return serving("http", (socket) -> {
			readRequest(socket.getInputStream());
			respond(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 1000\r\n\r\n"
					+ "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>east</Name>");
			socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
		});
	}

	private static void respond(Socket socket, String response) throws IOException {
		socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
	}

	public URI uri() {
		return this.uri;
	}

	/**
	 * How many connections came.
	 * @return the number
	 */
	public int connections() {
		return this.requests.get();
	}

	@Override
	public void close() {
		for (AutoCloseable resource : this.resources) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static FaultyEndpoint serving(String scheme, Behaviour behaviour) {
		try {
			ServerSocket server = listen(50);
			FaultyEndpoint endpoint = new FaultyEndpoint(scheme + "://127.0.0.1:" + server.getLocalPort());
			endpoint.resources.add(server);
			Thread thread = new Thread(() -> endpoint.accept(server, behaviour), "faulty-endpoint");
			thread.setDaemon(true);
			thread.start();
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket server, Behaviour behaviour) {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				this.requests.incrementAndGet();
				this.resources.add(socket);
				Thread thread = new Thread(() -> serve(socket, behaviour), "faulty-connection");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private static void serve(Socket socket, Behaviour behaviour) {
		try (socket) {
			behaviour.serve(socket);
		}
		catch (IOException ex) {
			// The client went away first.
		}
	}

	// Reads head and body of a request and returns its method.
	static String readRequest(InputStream in) throws IOException {
		List<String> head = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		int length = 0;
		boolean chunked = false;
		for (int c = in.read(); c >= 0; c = in.read()) {
			if (c != '\n') {
				line.append((char) c);
				continue;
			}
			String text = line.toString().trim();
			line.setLength(0);
			if (text.isEmpty()) {
				break;
			}
			head.add(text);
			String lower = text.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring(15).trim());
			}
			chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
		}
		if (!chunked) {
			in.readNBytes(length);
		}
		return head.isEmpty() ? "" : head.get(0).split(" ", 2)[0];
	}

	private static ServerSocket listen(int backlog) throws IOException {
		return new ServerSocket(0, backlog, InetAddress.getByName("127.0.0.1"));
	}

	/**
	 * What a server does with a connection, before it closes it.
	 */
	@FunctionalInterface
	private interface Behaviour {

		void serve(Socket socket) throws IOException;

	}

}
