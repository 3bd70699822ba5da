package io.s3s3.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A server that has one answer to each method, so that next to nothing of what is
 * measured is the server's, and that fails as it is told. See {@link StubProcess}.
 */
public final class StubServer implements AutoCloseable {

	/**
	 * What a GET answers.
	 */
	static final byte[] CONTENT = "x".repeat(1024).getBytes(StandardCharsets.US_ASCII);

	private static final String HEADERS = "HTTP/1.1 200 OK\r\nx-amz-request-id: 1\r\n"
			+ "ETag: \"2a8a6a9c6a4c2d5e5c1d8d6b8f1f3a0c\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n";

	private static final byte[] HEAD = bytes(
			HEADERS + "Content-Type: text/plain\r\nContent-Length: " + CONTENT.length + "\r\n\r\n");

	private static final byte[] OBJECT = bytes(
			new String(HEAD, StandardCharsets.US_ASCII) + new String(CONTENT, StandardCharsets.US_ASCII));

	private static final byte[] STORED = bytes(HEADERS + "Content-Length: 0\r\n\r\n");

	private static final byte[] UNAVAILABLE = bytes("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");

	private static final byte[] CONTINUE = bytes("HTTP/1.1 100 Continue\r\n\r\n");

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger gets = new AtomicInteger();

	private volatile Mode mode = Mode.ANSWER;

	private ServerSocket listening;

	private StubServer() throws IOException {
		this.listening = listen(0);
	}

	/**
	 * Tell the port, then change the mode as each line of the standard input says, until
	 * that ends.
	 * @param arguments none
	 * @throws IOException if the server does not start
	 */
	public static void main(String[] arguments) throws IOException {
		StubServer server = new StubServer();
		System.out.println(server.listening.getLocalPort());
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			server.change(Mode.valueOf(line));
			System.out.println("done");
		}
	}

	/**
	 * Start a server in this process.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	static StubServer start() throws IOException {
		return new StubServer();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.listening.getLocalPort());
	}

	/**
	 * Return how many connections are open.
	 */
	int connections() {
		return this.connections.size();
	}

	@Override
	public void close() throws IOException {
		change(Mode.REFUSE);
	}

	void change(Mode mode) throws IOException {
		this.mode = mode;
		if (mode == Mode.REFUSE) {
			this.listening.close();
		}
		else if (this.listening.isClosed()) {
			this.listening = listen(this.listening.getLocalPort());
		}
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	private ServerSocket listen(int port) throws IOException {
		ServerSocket server = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress());
		daemon(() -> {
			try {
				while (true) {
					Socket socket = server.accept();
					daemon(() -> serve(socket));
				}
			}
			catch (IOException ex) {
				// Closed.
			}
		});
		return server;
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

	private void serve(Socket socket) {
		this.connections.add(socket);
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			for (String head = readHead(in); head != null; head = readHead(in)) {
				if (this.mode == Mode.SILENT) {
					in.transferTo(OutputStream.nullOutputStream());
				}
				if (head.contains("\nexpect:")) {
					out.write(CONTINUE);
				}
				in.skipNBytes(lengthIn(head));
				takeTime(head);
				out.write(answerTo(head));
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
		finally {
			this.connections.remove(socket);
		}
	}

	private void takeTime(String head) {
		long millis = switch (this.mode) {
			case STEADY -> 2;
			case BROWNOUT -> 20;
			case STRAGGLE -> (head.startsWith("get") && this.gets.incrementAndGet() % 100 == 0) ? 1000 : 0;
			default -> 0;
		};
		if (millis > 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
		}
	}

	private byte[] answerTo(String head) {
		if (this.mode == Mode.UNAVAILABLE) {
			return UNAVAILABLE;
		}
		return head.startsWith("put") ? STORED : head.startsWith("head") ? HEAD : OBJECT;
	}

	private static long lengthIn(String head) {
		int at = head.indexOf("\ncontent-length:");
		return (at < 0) ? 0 : Long.parseLong(head.substring(at + 16, head.indexOf('\r', at)).trim());
	}

	/**
	 * Return the head of the next request in lower case, {@code null} at the end.
	 */
	private static @Nullable String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder(1024);
		for (int c = in.read(); c >= 0; c = in.read()) {
			head.append((char) c);
			int length = head.length();
			if (c == '\n' && length > 3 && head.charAt(length - 3) == '\n') {
				return head.toString().toLowerCase(Locale.ROOT);
			}
		}
		return null;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * How a server behaves. To change it drops all connections.
	 */
	enum Mode {

		/** As it should. */
		ANSWER,

		/** Takes requests and answers none: a black hole. */
		SILENT,

		/** Takes 2 ms for each answer. */
		STEADY,

		/** Takes ten times as long. */
		BROWNOUT,

		/** Takes a second for one GET of a hundred. */
		STRAGGLE,

		/** Answers 503. */
		UNAVAILABLE,

		/** Takes no connection. */
		REFUSE

	}

}
