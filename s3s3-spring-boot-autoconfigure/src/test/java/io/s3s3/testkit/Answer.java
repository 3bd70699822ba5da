package io.s3s3.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import io.s3s3.testkit.Expectation.Scope;

/**
 * One answer for everybody, true or false, and how it ends.
 *
 * @param status the HTTP status
 * @param headers its headers, each with its line end
 * @param body its body
 * @param length how many bytes it claims to have
 * @param end how it ends
 */
public record Answer(int status, String headers, String body, int length, End end) {

	private static final String XML = "Content-Type: application/xml\r\n";

	private static final String ETAG = "ETag: \"e\"\r\n";

	/**
	 * An error of S3.
	 * @param status the HTTP status
	 * @param code the error code, or an empty string for no body
	 * @return the answer
	 */
	public static Answer error(int status, String code) {
		String body = code.isEmpty() ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
				+ "</Code><Message>as told</Message><RequestId>1</RequestId></Error>";
		return new Answer(status, XML, body, body.length(), End.CLOSE);
	}

	/**
	 * A page of HTML, as some other web server gives it.
	 * @param status the HTTP status
	 * @return the answer
	 */
	public static Answer html(int status) {
		String body = "<html><body>Welcome</body></html>";
		return new Answer(status, "Content-Type: text/html\r\n", body, body.length(), End.CLOSE);
	}

	/**
	 * A success as far as it goes.
	 * @param body the body
	 * @return the answer
	 */
	public static Answer success(String body) {
		return new Answer(200, XML + ETAG, body, body.length(), End.CLOSE);
	}

	// Any document that an operation may expect, all in one; or the whole object.
	static Answer good(Scope scope) {
		return switch (scope) {
			case OBJECT -> success(Operation.CONTENT);
			case DOCUMENT -> success("<Result><Name>east</Name><Contents><Key>" + Operation.KEY
					+ "</Key></Contents><Deleted><Key>gone</Key></Deleted><ETag>e</ETag><UploadId>u</UploadId></Result>");
			default -> success("");
		};
	}

	// The beginning of the object, if this has any, ending as this does.
	Answer asPartOfObject() {
		return new Answer(this.status, "ETag: \"" + Operation.ETAG + "\"\r\n",
				this.body.isEmpty() ? "" : Operation.CONTENT.substring(0, 6), Operation.CONTENT.length(), this.end);
	}

	public Answer claiming(int length) {
		return new Answer(this.status, this.headers, this.body, length, this.end);
	}

	public Answer with(String header) {
		return new Answer(this.status, this.headers + header + "\r\n", this.body, this.length, this.end);
	}

	public Answer endingWith(End end) {
		return new Answer(this.status, this.headers, this.body, this.length, end);
	}

	void send(Socket socket, HttpRequest request) throws IOException {
		OutputStream out = socket.getOutputStream();
		byte[] head = ("HTTP/1.1 %d As told\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n")
			.formatted(this.status, this.headers, this.length)
			.getBytes(StandardCharsets.UTF_8);
		byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
		if (this.end == End.DRIP_FROM_THE_FIRST_BYTE) {
			drip(out, head);
		}
		if (this.end == End.RESET_AT_ONCE) {
			socket.setSoLinger(true, 0);
			return;
		}
		if (this.end == End.SILENCE_IN_HEAD) {
			out.write(head, 0, 20);
			waitForClient(socket);
			return;
		}
		out.write(head);
		if (request.method().equals("HEAD")) {
			return;
		}
		switch (this.end) {
			case DRIP -> drip(out, content);
			case SILENCE -> {
				out.write(content);
				waitForClient(socket);
			}
			case RESET -> {
				out.write(content);
				socket.setSoLinger(true, 0);
			}
			default -> out.write(content);
		}
	}

	private static void waitForClient(Socket socket) throws IOException {
		socket.getInputStream().transferTo(OutputStream.nullOutputStream());
	}

	private static void drip(OutputStream out, byte[] bytes) throws IOException {
		for (byte value : bytes) {
			out.write(value);
			out.flush();
			LockSupport.parkNanos(100_000_000);
		}
	}

	/**
	 * How an answer ends.
	 */
	public enum End {

		/** The connection is reset in place of an answer. */
		RESET_AT_ONCE,

		/** The connection is closed behind the body. */
		CLOSE,

		/** The connection is reset behind the body. */
		RESET,

		/** Nothing comes behind the body, and the connection stays open. */
		SILENCE,

		/** Nothing comes behind the first bytes of the head. */
		SILENCE_IN_HEAD,

		/** The body comes at ten bytes a second. */
		DRIP,

		/** All of it comes at ten bytes a second. */
		DRIP_FROM_THE_FIRST_BYTE

	}

}
