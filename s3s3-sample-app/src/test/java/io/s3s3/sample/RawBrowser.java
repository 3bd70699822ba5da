package io.s3s3.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends the headers that a browser adds by itself and no client library lets be chosen.
 */
final class RawBrowser {

	private final int port;

	RawBrowser(int port) {
		this.port = port;
	}

	/**
	 * Send a request without a body to this machine.
	 * @param requestLine the method and the path
	 * @param headers each as it is sent; there are no others
	 * @return the answer
	 */
	Answer send(String requestLine, String... headers) {
		String request = requestLine + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
			socket.shutdownOutput();
			return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The application does not answer", ex);
		}
	}

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param headers its headers, whose names are in lower case
	 * @param body its body, as it came
	 */
	record Answer(int status, Map<String, String> headers, String body) {

		private static Answer of(String text) {
			String[] parts = text.split("\r\n\r\n", 2);
			String[] lines = parts[0].split("\r\n");
			Map<String, String> headers = new TreeMap<>();
			Arrays.stream(lines)
				.skip(1)
				.map((line) -> line.split(": ", 2))
				.forEach((header) -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
			return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, parts[1]);
		}

	}

}
