package io.s3s3.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that does nothing but list keys, two on a page, with the quirks of one service
 * or another.
 */
public final class ListingStore implements AutoCloseable {

	private static final int PAGE_SIZE = 2;

	private final HttpServer server;

	private final String name;

	private final List<String> keys;

	private final Set<Quirk> quirks;

	private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

	private volatile boolean failing;

	private ListingStore(HttpServer server, String name, List<String> keys, Set<Quirk> quirks) {
		this.server = server;
		this.name = name;
		this.keys = keys;
		this.quirks = quirks;
	}

	/**
	 * Start a server.
	 * @param name what its tokens begin with
	 * @param keys what it lists, in order
	 * @param quirks how it differs from S3
	 * @return the server
	 */
	public static ListingStore start(String name, List<String> keys, Quirk... quirks) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			ListingStore store = new ListingStore(server, name, keys, Set.of(quirks));
			server.createContext("/", store::answer);
			server.start();
			return store;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Answer with status 500 from now on.
	 */
	public void fail() {
		this.failing = true;
	}

	/**
	 * The query parameters of the requests.
	 * @return the parameters, decoded
	 */
	public List<Map<String, String>> requests() {
		return this.requests;
	}

	private void answer(HttpExchange exchange) throws IOException {
		Map<String, String> query = queryOf(exchange);
		this.requests.add(query);
		String token = query.get("continuation-token");
		if (this.failing) {
			send(exchange, 500, "<Error><Code>InternalError</Code></Error>");
		}
		else if (token != null && !token.startsWith(this.name)) {
			send(exchange, 400, "<Error><Code>InvalidArgument</Code><Message>token</Message></Error>");
		}
		else {
			send(exchange, 200, page(query, token));
		}
	}

	private String page(Map<String, String> query, String token) {
		int from = 0;
		if (token != null && !this.quirks.contains(Quirk.FORGETS_TOKENS)) {
			from = Integer.parseInt(token.substring(this.name.length()));
		}
		else if (query.get("start-after") != null && !this.quirks.contains(Quirk.IGNORES_START_AFTER)) {
			int index = this.keys.indexOf(query.get("start-after"));
			from = this.quirks.contains(Quirk.INCLUDES_START_AFTER) ? index : index + 1;
		}
		int to = Math.min(from + PAGE_SIZE, this.keys.size());
		StringBuilder xml = new StringBuilder("<ListBucketResult><Name>b</Name>");
		this.keys.subList(from, to).forEach((key) -> xml.append("<Contents><Key>" + key + "</Key></Contents>"));
		xml.append("<IsTruncated>" + (to < this.keys.size()) + "</IsTruncated>");
		if (to < this.keys.size()) {
			xml.append("<NextContinuationToken>" + this.name + to + "</NextContinuationToken>");
		}
		return xml.append("</ListBucketResult>").toString();
	}

	private static Map<String, String> queryOf(HttpExchange exchange) {
		Map<String, String> query = new HashMap<>();
		for (String parameter : exchange.getRequestURI().getRawQuery().split("&")) {
			String[] parts = parameter.split("=", 2);
			query.put(parts[0], (parts.length < 2) ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return query;
	}

	private static void send(HttpExchange exchange, int status, String xml) throws IOException {
		byte[] body = xml.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/xml");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * How a server differs from S3.
	 */
	public enum Quirk {

		/** Lists again the key that a page is to start after. */
		INCLUDES_START_AFTER,

		/** Begins at the first key though it is asked to start after another. */
		IGNORES_START_AFTER,

		/** Begins at the first key whatever it is asked. */
		FORGETS_TOKENS

	}

}
