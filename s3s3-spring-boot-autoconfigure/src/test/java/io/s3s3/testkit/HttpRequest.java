package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.s3s3.testkit.Expectation.Scope;

/**
 * The head of a request as a server finds it on its socket.
 *
 * @param lines its lines
 */
public record HttpRequest(List<String> lines) {

	static HttpRequest readHead(InputStream in) throws IOException {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
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
			lines.add(text);
		}
		return new HttpRequest(lines);
	}

	// Without the body of a sender who waits for leave to send it.
	static HttpRequest readAll(InputStream in) throws IOException {
		HttpRequest request = readHead(in);
		if (request.header("transfer-encoding").isEmpty() && request.header("expect").isEmpty()) {
			in.readNBytes(request.length());
		}
		return request;
	}

	/**
	 * The path of the request, decoded.
	 * @return the path
	 */
	public String path() {
		return decode(this.lines.get(0).split(" ")[1].replaceFirst("\\?.*", ""));
	}

	/**
	 * The value of a header that is encoded as a path is.
	 * @param name its name, in lower case
	 * @return the value, decoded
	 */
	public String decodedHeader(String name) {
		return decode(header(name));
	}

	private static String decode(String path) {
		return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	String method() {
		return this.lines.isEmpty() ? "" : this.lines.get(0).split(" ", 2)[0];
	}

	int length() {
		String length = header("content-length");
		return length.isEmpty() ? 0 : Integer.parseInt(length);
	}

	// What S3 answers with.
	Scope scope() {
		return switch (method()) {
			case "GET" -> this.lines.get(0).matches("GET /[^/?]+/[^?]+ .*") ? Scope.OBJECT : Scope.DOCUMENT;
			case "POST" -> Scope.DOCUMENT;
			case "PUT" -> header("x-amz-copy-source").isEmpty() ? Scope.ALL : Scope.DOCUMENT;
			default -> Scope.ALL;
		};
	}

	/**
	 * The value of a header.
	 * @param name its name, in lower case
	 * @return the value, empty if there is none
	 */
	public String header(String name) {
		String prefix = name + ":";
		return this.lines.stream()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
			.map((line) -> line.substring(prefix.length()).trim())
			.findFirst()
			.orElse("");
	}

}
