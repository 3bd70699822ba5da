package io.s3s3.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An S3 server on loopback that knows little more than uploads in parts, of any size. Its
 * ETags are no digests and no other server's, as where objects are encrypted. Requests
 * are kept; some may lose their answers. Thread-safe.
 */
public final class MultipartStore implements AutoCloseable {

	private static final Pattern PART = Pattern.compile("<Part>(.*?)</Part>", Pattern.DOTALL);

	private final String name;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger ids = new AtomicInteger();

	private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

	private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

	private final List<StoreRequest> requests = new CopyOnWriteArrayList<>();

	private volatile Predicate<StoreRequest> loses = (request) -> false;

	private MultipartStore(String name, HttpServer server) {
		this.name = name;
		this.server = server;
	}

	/**
	 * Start a server.
	 * @param name begins its ids and ETags
	 * @return the server
	 */
	public static MultipartStore start(String name) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
			MultipartStore store = new MultipartStore(name, server);
			server.createContext("/", store::handle);
			server.setExecutor(store.threads);
			server.start();
			return store;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Carry out requests from now on without answering them.
	 * @param loses which of them
	 */
	public void loseAnswers(Predicate<StoreRequest> loses) {
		this.loses = loses;
	}

	public List<StoreRequest> requests() {
		return this.requests;
	}

	/**
	 * Return an object.
	 * @param key its key
	 * @return its bytes, {@code null} if it is not there
	 */
	public byte[] object(String key) {
		return this.objects.get(key);
	}

	public List<String> uploads() {
		return List.copyOf(this.uploads.keySet());
	}

	/**
	 * Forget everything.
	 */
	public void clear() {
		this.uploads.clear();
		this.objects.clear();
		this.requests.clear();
		this.loses = (request) -> false;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		StoreRequest request = StoreRequest.of(exchange);
		this.requests.add(request);
		StoreAnswer answer = answer(request);
		if (this.loses.test(request)) {
			throw new IOException("The answer is lost");
		}
		answer.headers().forEach(exchange.getResponseHeaders()::set);
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private StoreAnswer answer(StoreRequest request) {
		String id = request.query().get("uploadId");
		if (id == null) {
			return answerWithoutId(request);
		}
		Upload upload = this.uploads.get(id);
		if (upload == null || !upload.key().equals(request.key())) {
			return StoreAnswer.error(404, "NoSuchUpload");
		}
		return switch (request.method()) {
			case "PUT" -> put(request, upload);
			case "POST" -> complete(request, id, upload);
			case "DELETE" -> {
				this.uploads.remove(id);
				yield StoreAnswer.empty(204);
			}
			default -> StoreAnswer.xml(list(id, upload, request));
		};
	}

	private StoreAnswer answerWithoutId(StoreRequest request) {
		if (!request.query().containsKey("uploads")) {
			return request.method().equals("GET")
					? StoreAnswer.xml("<ListBucketResult><Name>b</Name></ListBucketResult>") : StoreAnswer.empty(200);
		}
		if (request.method().equals("GET")) {
			StringBuilder list = new StringBuilder("<ListMultipartUploadsResult><Bucket>b</Bucket>");
			this.uploads.forEach((id, upload) -> list.append("<Upload><Key>" + upload.key().replace("&", "&amp;")
					+ "</Key><UploadId>" + id + "</UploadId></Upload>"));
			return StoreAnswer.xml(list + "</ListMultipartUploadsResult>");
		}
		String id = this.name + "." + this.ids.incrementAndGet() + "_~";
		this.uploads.put(id, new Upload(request.key(), new TreeMap<>()));
		return StoreAnswer
			.xml("<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
	}

	private StoreAnswer put(StoreRequest request, Upload upload) {
		byte[] content = request.body();
		String source = request.headers().get("x-amz-copy-source");
		if (source != null) {
			content = this.objects.get(source.substring(source.indexOf('/') + 1));
			if (content == null) {
				return StoreAnswer.error(404, "NoSuchKey");
			}
		}
		String eTag = "\"" + this.name + "-" + this.ids.incrementAndGet() + "\"";
		synchronized (upload) {
			upload.parts().put(Integer.parseInt(request.query().get("partNumber")), new Part(eTag, content));
		}
		return (source != null) ? copied(eTag, content) : StoreAnswer.empty(200).with("ETag", eTag);
	}

	private static StoreAnswer copied(String eTag, byte[] content) {
		return StoreAnswer.xml("<CopyPartResult><ETag>" + eTag + "</ETag><ChecksumSHA256>" + Arrays.hashCode(content)
				+ "</ChecksumSHA256></CopyPartResult>");
	}

	private StoreAnswer complete(StoreRequest request, String id, Upload upload) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		Matcher parts = PART.matcher(new String(request.body(), StandardCharsets.UTF_8));
		synchronized (upload) {
			while (parts.find()) {
				Part part = upload.parts().get(Integer.parseInt(text(parts.group(1), "PartNumber")));
				if (part == null || !part.eTag().equals(text(parts.group(1), "ETag"))) {
					return StoreAnswer.error(400, "InvalidPart");
				}
				joined.writeBytes(part.content());
			}
		}
		this.uploads.remove(id);
		this.objects.put(upload.key(), joined.toByteArray());
		return StoreAnswer.xml("<CompleteMultipartUploadResult><ETag>\"" + this.name + "-" + id
				+ "\"</ETag></CompleteMultipartUploadResult>");
	}

	private static String text(String xml, String element) {
		String text = xml.substring(xml.indexOf("<" + element + ">") + element.length() + 2,
				xml.indexOf("</" + element + ">"));
		return text.replace("&quot;", "\"");
	}

	private String list(String id, Upload upload, StoreRequest request) {
		int after = Integer.parseInt(request.query().getOrDefault("part-number-marker", "0"));
		int max = Integer.parseInt(request.query().getOrDefault("max-parts", "1000"));
		StringBuilder list = new StringBuilder("<ListPartsResult><UploadId>" + id + "</UploadId>");
		synchronized (upload) {
			Map<Integer, Part> rest = new TreeMap<>(upload.parts()).tailMap(after, false);
			rest.entrySet()
				.stream()
				.limit(max)
				.forEach((part) -> list.append("<Part><PartNumber>" + part.getKey() + "</PartNumber><ETag>"
						+ part.getValue().eTag() + "</ETag></Part>"));
			int last = rest.keySet().stream().limit(max).reduce(after, (one, other) -> other);
			list.append("<IsTruncated>" + (rest.size() > max) + "</IsTruncated><NextPartNumberMarker>" + last
					+ "</NextPartNumberMarker>");
		}
		return list + "</ListPartsResult>";
	}

	/**
	 * Put an object.
	 * @param key its key
	 * @param content its bytes
	 */
	public void put(String key, byte[] content) {
		this.objects.put(key, content);
	}

	/**
	 * An upload that has begun; its parts are guarded by itself.
	 */
	private record Upload(String key, Map<Integer, Part> parts) {

	}

	/**
	 * A part of an upload.
	 */
	private record Part(String eTag, byte[] content) {

	}

	/**
	 * An answer.
	 */
	private record StoreAnswer(int status, Map<String, String> headers, String body) {

		static StoreAnswer empty(int status) {
			return new StoreAnswer(status, new TreeMap<>(), "");
		}

		static StoreAnswer xml(String body) {
			return new StoreAnswer(200, new TreeMap<>(), body).with("Content-Type", "application/xml");
		}

		static StoreAnswer error(int status, String code) {
			return new StoreAnswer(status, new TreeMap<>(), "<Error><Code>" + code + "</Code></Error>");
		}

		StoreAnswer with(String name, String value) {
			this.headers.put(name, value);
			return this;
		}

	}

}
