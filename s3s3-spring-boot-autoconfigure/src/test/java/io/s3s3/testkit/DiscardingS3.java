package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A minimal S3 on loopback that forgets the content of objects at once, but knows its
 * digest: enough to upload gigabytes to. It checks CRC32 trailers, and, of an upload in
 * parts that was announced with CRC32, the checksum of each part when it is completed.
 */
public final class DiscardingS3 implements AutoCloseable {

	private static final Pattern CHECKSUM = Pattern.compile("<ChecksumCRC32>([^<]+)</ChecksumCRC32>");

	private final HttpServer server;

	private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

	private final Map<String, String> digests = new ConcurrentHashMap<>();

	private DiscardingS3(HttpServer server) {
		this.server = server;
	}

	public static DiscardingS3 start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
			DiscardingS3 s3 = new DiscardingS3(server);
			server.createContext("/", s3::handle);
			server.setExecutor(Executors.newCachedThreadPool((task) -> {
				Thread thread = new Thread(task, "discarding-s3");
				thread.setDaemon(true);
				return thread;
			}));
			server.start();
			return s3;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Return the uploads in parts that were neither completed nor aborted.
	 * @return their number
	 */
	public int openUploads() {
		return this.uploads.size();
	}

	/**
	 * Return the digest of an object.
	 * @param path bucket and key, such as {@code /bucket/key}
	 * @return the digest, as a {@link ContentDigest} makes it
	 */
	public String digest(String path) {
		return this.digests.getOrDefault(path, "none");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String query = String.valueOf(exchange.getRequestURI().getRawQuery());
			String path = exchange.getRequestURI().getPath();
			switch (exchange.getRequestMethod()) {
				case "PUT" -> put(exchange, path, query);
				case "POST" -> post(exchange, path, query);
				case "DELETE" -> {
					boolean known = this.uploads.remove(parameter(query, "uploadId")) != null;
					respond(exchange, known ? 204 : 404, "");
				}
				default -> respond(exchange, 501, "");
			}
		}
	}

	private void put(HttpExchange exchange, String path, String query) throws IOException {
		Body body = Body.read(exchange);
		if (!body.isIntact()) {
			respond(exchange, 400, "<Error><Code>BadDigest</Code></Error>");
			return;
		}
		if (query.contains("uploadId")) {
			Upload upload = this.uploads.get(parameter(query, "uploadId"));
			if (upload == null) {
				respond(exchange, 404, "<Error><Code>NoSuchUpload</Code></Error>");
				return;
			}
			synchronized (upload) {
				upload.parts.put(Integer.valueOf(parameter(query, "partNumber")), body);
			}
		}
		else {
			ContentDigest digest = new ContentDigest();
			digest.add(body.length, body.crc);
			this.digests.put(path, digest.toString());
		}
		exchange.getResponseHeaders().set("ETag", "\"" + Long.toHexString(body.crc) + "\"");
		if (body.declared != null) {
			exchange.getResponseHeaders().set("x-amz-checksum-crc32", body.declared);
		}
		respond(exchange, 200, "");
	}

	private void post(HttpExchange exchange, String path, String query) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		if (query.startsWith("uploads")) {
			String id = UUID.randomUUID().toString();
			String algorithm = exchange.getRequestHeaders().getFirst("x-amz-checksum-algorithm");
			this.uploads.put(id, new Upload("CRC32".equals(algorithm), new TreeMap<>()));
			respond(exchange, 200,
					"<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
			return;
		}
		Upload upload = this.uploads.remove(parameter(query, "uploadId"));
		if (upload == null || !upload.hasChecksumsIn(body)) {
			respond(exchange, 400, "<Error><Code>InvalidPart</Code></Error>");
			return;
		}
		ContentDigest digest = new ContentDigest();
		upload.parts.values().forEach((part) -> digest.add(part.length, part.crc));
		this.digests.put(path, digest.toString());
		respond(exchange, 200, "<CompleteMultipartUploadResult><ETag>\"" + digest + "-" + upload.parts.size()
				+ "\"</ETag></CompleteMultipartUploadResult>");
	}

	private static void respond(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/xml");
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
	}

	private static String parameter(String query, String name) {
		Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
		return matcher.find() ? matcher.group(1) : "";
	}

	private static String base64(long crc) {
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc).array());
	}

	/**
	 * The digest of content that is cut into pieces.
	 */
	public static final class ContentDigest {

		private final CRC32 digest = new CRC32();

		private long length;

		/**
		 * Add a piece.
		 * @param length its length
		 * @param crc its CRC32
		 */
		public void add(long length, long crc) {
			this.length += length;
			this.digest.update(ByteBuffer.allocate(16).putLong(length).putLong(crc).flip());
		}

		@Override
		public String toString() {
			return Long.toHexString(this.digest.getValue()) + "-" + this.length;
		}

	}

	/**
	 * An upload in parts.
	 */
	private record Upload(boolean checksums, SortedMap<Integer, Body> parts) {

		boolean hasChecksumsIn(String request) {
			Matcher told = CHECKSUM.matcher(request);
			return !this.checksums || this.parts.values()
				.stream()
				.allMatch((part) -> told.find() && told.group(1).equals(base64(part.crc)));
		}

	}

	/**
	 * What came as the body of a request.
	 */
	private record Body(long length, long crc, @org.jspecify.annotations.Nullable String declared) {

		boolean isIntact() {
			return this.declared == null || this.declared.equals(base64(this.crc));
		}

		static Body read(HttpExchange exchange) throws IOException {
			InputStream in = new java.io.BufferedInputStream(exchange.getRequestBody(), 1 << 16);
			CRC32 crc = new CRC32();
			String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
			if (!encoding.startsWith("STREAMING")) {
				return new Body(copy(in, Long.MAX_VALUE, crc), crc.getValue(), null);
			}
			long length = 0;
			for (long chunk = chunkLength(in); chunk > 0; chunk = chunkLength(in)) {
				length += copy(in, chunk, crc);
				line(in);
			}
			String declared = null;
			for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
				if (trailer.startsWith("x-amz-checksum-crc32:")) {
					declared = trailer.substring(trailer.indexOf(':') + 1).trim();
				}
			}
			in.transferTo(java.io.OutputStream.nullOutputStream());
			return new Body(length, crc.getValue(), declared);
		}

		private static long chunkLength(InputStream in) throws IOException {
			String line = line(in);
			if (line.isEmpty()) {
				throw new IOException("The body ended early");
			}
			return Long.parseLong(line.split(";", 2)[0], 16);
		}

		private static String line(InputStream in) throws IOException {
			StringBuilder line = new StringBuilder();
			for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
				line.append((char) c);
			}
			return line.toString().trim();
		}

		private static long copy(InputStream in, long length, CRC32 crc) throws IOException {
			byte[] buffer = new byte[1 << 16];
			long left = length;
			while (left > 0) {
				int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
				if (read < 0 && length != Long.MAX_VALUE) {
					throw new IOException("The body ended early");
				}
				if (read < 0) {
					break;
				}
				crc.update(buffer, 0, read);
				left -= read;
			}
			return length - left;
		}

	}

}
