package io.s3s3.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;

/**
 * A request as received.
 *
 * @param method the method
 * @param key the key
 * @param query the parameters
 * @param headers the headers, by their names in lower case
 * @param body the body, decoded
 */
public record StoreRequest(String method, String key, Map<String, String> query, Map<String, String> headers,
		byte[] body) {

	static StoreRequest of(HttpExchange exchange) throws IOException {
		Map<String, String> query = new TreeMap<>();
		String text = exchange.getRequestURI().getQuery();
		for (String parameter : (text != null) ? text.split("&") : new String[0]) {
			int end = parameter.indexOf('=');
			query.put((end < 0) ? parameter : parameter.substring(0, end),
					(end < 0) ? "" : parameter.substring(end + 1));
		}
		Map<String, String> headers = new TreeMap<>();
		exchange.getRequestHeaders()
			.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
		String[] path = exchange.getRequestURI().getPath().split("/", 3);
		byte[] body = exchange.getRequestBody().readAllBytes();
		return new StoreRequest(exchange.getRequestMethod(), (path.length > 2) ? path[2] : "", query, headers,
				headers.containsKey("x-amz-decoded-content-length") ? unchunked(body) : body);
	}

	private static byte[] unchunked(byte[] body) throws IOException {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		InputStream in = new ByteArrayInputStream(body);
		int size = Integer.parseInt(line(in).split(";")[0], 16);
		while (size > 0) {
			content.write(in.readNBytes(size));
			line(in);
			size = Integer.parseInt(line(in).split(";")[0], 16);
		}
		return content.toByteArray();
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			line.append((char) next);
		}
		return line.toString().strip();
	}

	/**
	 * Return whether it completes an upload.
	 * @return whether it does
	 */
	public boolean completes() {
		return this.method.equals("POST") && this.query.containsKey("uploadId");
	}

	/**
	 * Return whether it sends a part.
	 * @return whether it does
	 */
	public boolean sendsPart() {
		return this.method.equals("PUT") && this.query.containsKey("partNumber");
	}

}
