package io.s3s3.testkit;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * Stands in front of a server and breaks the bodies of its answers to GET requests after
 * so many bytes. It listens on a real socket and passes on everything else as it is.
 */
public final class DownloadCutter implements AutoCloseable {

	private final InetSocketAddress server;

	private final HeldPort port = HeldPort.take();

	private final Listener listener = this.port.listen(this::serve);

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final AtomicLong bodyBytes = new AtomicLong();

	private volatile Cut cut = Cut.CLOSE;

	/** After how many bytes to cut a body of so many. */
	private volatile LongUnaryOperator cutAfter = (length) -> Long.MAX_VALUE;

	/** Whether to change the first byte of a body of so many. */
	private volatile LongPredicate corrupts = (length) -> false;

	private volatile String header = "";

	/** Whether answers do not tell how long their body is. */
	private volatile boolean lengthHidden;

	/** Which requests are answered by SlowDown. */
	private volatile Predicate<String> slowsDown = (request) -> false;

	private DownloadCutter(int port) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	public static DownloadCutter before(EmbeddedS3 server) {
		return before(server.port());
	}

	public static DownloadCutter before(int port) {
		return new DownloadCutter(port);
	}

	/**
	 * Cut every body from now on.
	 * @param cut in which way
	 * @param after after how many bytes of a body, by its length
	 */
	public void cut(Cut cut, LongUnaryOperator after) {
		this.cut = cut;
		this.cutAfter = after;
	}

	/**
	 * Change the first byte of bodies.
	 * @param which of which, by their length
	 */
	public void corrupt(LongPredicate which) {
		this.corrupts = which;
	}

	/**
	 * Add a header to the answers that bring all of an object.
	 * @param header the header
	 */
	public void addHeader(String header) {
		this.header = header + "\r\n";
	}

	/**
	 * Leave the length of bodies out of answers, which then end with their connection.
	 */
	public void hideLength() {
		this.lengthHidden = true;
	}

	/**
	 * Answer requests by 503 SlowDown instead of passing them on.
	 * @param which which of them, by their heads
	 */
	public void slowDown(Predicate<String> which) {
		this.slowsDown = which;
	}

	public URI uri() {
		return this.port.uri();
	}

	/**
	 * The heads of the requests that came.
	 * @return the heads, as they were sent
	 */
	public List<String> requests() {
		return this.requests;
	}

	/**
	 * How many bytes of bodies went to the client.
	 * @return the number
	 */
	public long bodyBytes() {
		return this.bodyBytes.get();
	}

	/**
	 * Die: refuse connections from now on, and close those that are open.
	 */
	public void die() {
		this.listener.close();
	}

	@Override
	public void close() {
		die();
		this.port.close();
	}

	private void serve(Socket client) throws IOException {
		try (Socket server = new Socket(this.server.getAddress(), this.server.getPort())) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			InputStream fromClient = new BufferedInputStream(client.getInputStream());
			InputStream fromServer = new BufferedInputStream(server.getInputStream());
			for (String request = HttpHead.read(fromClient); request != null; request = HttpHead.read(fromClient)) {
				this.requests.add(request);
				if (this.slowsDown.test(request)) {
					Answer.error(503, "SlowDown").send(client, new HttpRequest(request.lines().toList()));
					return;
				}
				server.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
				pass(fromClient, server.getOutputStream(), HttpHead.lengthIn(request));
				String answer = HttpHead.read(fromServer);
				if (answer == null || !answer(request, answer, fromServer, client)) {
					return;
				}
			}
		}
	}

	/**
	 * Pass an answer on, and return whether the connection goes on.
	 */
	private boolean answer(String request, String original, InputStream body, Socket client) throws IOException {
		OutputStream out = client.getOutputStream();
		boolean hidden = this.lengthHidden && request.startsWith("GET ");
		String answer = hidden ? original.replaceFirst("(?i)\r\ncontent-length:[^\r]*", "") : original;
		if (answer.startsWith("HTTP/1.1 200") && request.startsWith("GET ")) {
			out.write(answer.substring(0, answer.length() - 2).getBytes(StandardCharsets.ISO_8859_1));
			out.write((this.header + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		}
		else {
			out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
		}
		if (answer.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
			passChunks(body, out);
			return true;
		}
		long length = request.startsWith("HEAD ") ? 0 : HttpHead.lengthIn(original);
		boolean cuttable = request.startsWith("GET ") && answer.startsWith("HTTP/1.1 20");
		long after = cuttable ? this.cutAfter.applyAsLong(length) : Long.MAX_VALUE;
		passBody(body, out, Math.min(length, after), cuttable && this.corrupts.test(length));
		if (after >= length) {
			return !hidden;
		}
		if (this.cut == Cut.RESET) {
			client.setSoLinger(true, 0);
		}
		else if (this.cut == Cut.STALL) {
			client.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		return false;
	}

	private void passBody(InputStream in, OutputStream out, long length, boolean corrupt) throws IOException {
		OutputStream counted = new FilterOutputStream(out) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				DownloadCutter.this.bodyBytes.addAndGet(length);
				this.out.write(bytes, offset, length);
			}

		};
		boolean corrupted = corrupt && length > 0;
		if (corrupted) {
			counted.write(new byte[] { (byte) (in.read() ^ 1) }, 0, 1);
		}
		pass(in, counted, corrupted ? length - 1 : length);
	}

	private static void pass(InputStream in, OutputStream out, long length) throws IOException {
		byte[] bytes = new byte[1 << 16];
		long left = length;
		while (left > 0) {
			int read = in.read(bytes, 0, (int) Math.min(bytes.length, left));
			if (read < 0) {
				throw new IOException("The body ended early");
			}
			out.write(bytes, 0, read);
			left -= read;
		}
	}

	private static void passChunks(InputStream in, OutputStream out) throws IOException {
		int size = -1;
		while (size != 0) {
			StringBuilder line = new StringBuilder();
			while (line.indexOf("\n") < 0) {
				line.append((char) in.read());
			}
			out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
			size = Integer.parseInt(line.toString().trim(), 16);
			pass(in, out, size + 2L);
		}
	}

	/**
	 * What happens to a connection in the middle of a body: it is closed, as if the body
	 * ended here; it is reset; nothing comes any more.
	 */
	public enum Cut {

		CLOSE, RESET, STALL

	}

}
