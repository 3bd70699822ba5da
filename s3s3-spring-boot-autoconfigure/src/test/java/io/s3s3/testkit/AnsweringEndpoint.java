package io.s3s3.testkit;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

import io.s3s3.testkit.Expectation.Scope;

/**
 * Endpoints on loopback that answer, each in a way of its own.
 */
public final class AnsweringEndpoint {

	private AnsweringEndpoint() {
	}

	/**
	 * Reads the request and answers.
	 * @param answer the answer
	 * @return the endpoint
	 */
	public static FaultyEndpoint answering(Answer answer) {
		return answering(() -> answer);
	}

	/**
	 * Reads each request and answers as it should by then.
	 * @param answer gives the answer
	 * @return the endpoint
	 */
	public static FaultyEndpoint answering(Supplier<Answer> answer) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest request = HttpRequest.readAll(socket.getInputStream());
			answer.get().send(socket, request);
		});
	}

	/**
	 * Reads the request and sends something, be it HTTP or not.
	 * @param text what is sent, in ASCII
	 * @return the endpoint
	 */
	public static FaultyEndpoint sending(String text) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest.readAll(socket.getInputStream());
			socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		});
	}

	/**
	 * Reads the request and sends something that never ends.
	 * @param beginning how it begins
	 * @param repeated what follows again and again
	 * @return the endpoint
	 */
	public static FaultyEndpoint sendingForEver(String beginning, String repeated) {
		byte[] block = repeated.repeat(Math.max(1, 16_384 / repeated.length())).getBytes(StandardCharsets.US_ASCII);
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest.readAll(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			out.write(beginning.getBytes(StandardCharsets.US_ASCII));
			while (true) {
				out.write(block);
			}
		});
	}

	/**
	 * Reads the request, notes it and answers.
	 * @param answer the answer
	 * @param requests where the heads of the requests go
	 * @return the endpoint
	 */
	public static FaultyEndpoint recording(Answer answer, Collection<HttpRequest> requests) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest request = HttpRequest.readAll(socket.getInputStream());
			requests.add(request);
			answer.send(socket, request);
		});
	}

	/**
	 * Reads the request, takes its time, and answers.
	 * @param delay how long it takes
	 * @param answer the answer
	 * @return the endpoint
	 */
	public static FaultyEndpoint hesitating(Duration delay, Answer answer) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest request = HttpRequest.readAll(socket.getInputStream());
			try {
				Thread.sleep(delay.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			answer.send(socket, request);
		});
	}

	/**
	 * Answers with an error of S3.
	 * @param status the HTTP status
	 * @param code the error code, or an empty string for no body
	 * @return the endpoint
	 */
	public static FaultyEndpoint answering(int status, String code) {
		return answering(Answer.error(status, code));
	}

	/**
	 * Gives one answer to requests of some scope, and a good one to all others.
	 * @param scope what is answered badly
	 * @param answer the answer to that
	 * @return the endpoint
	 */
	public static FaultyEndpoint answering(Scope scope, Answer answer) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest request = HttpRequest.readAll(socket.getInputStream());
			if (!scope.contains(request.scope())) {
				Answer.good(request.scope()).send(socket, request);
			}
			else {
				((scope == Scope.BODY && request.scope() == Scope.OBJECT) ? answer.asPartOfObject() : answer)
					.send(socket, request);
			}
		});
	}

	/**
	 * Gives one answer to requests that have a text in their URL, and a good one to all
	 * others.
	 * @param text what the URL holds, such as a key
	 * @param answer the answer to that
	 * @return the endpoint
	 */
	public static FaultyEndpoint answeringFor(String text, Answer answer) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest request = HttpRequest.readAll(socket.getInputStream());
			boolean bad = !request.lines().isEmpty() && request.lines().get(0).contains(text);
			(bad ? answer : Answer.good(request.scope())).send(socket, request);
		});
	}

	/**
	 * Answers the first request of a connection well and resets the connection with the
	 * second, as a server does that was restarted in between.
	 * @param answer the answer to the first
	 * @return the endpoint
	 */
	public static FaultyEndpoint resettingUsedConnections(String answer) {
		return FaultyEndpoint.serving((socket) -> {
			HttpRequest.readAll(socket.getInputStream());
			socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
			HttpRequest.readHead(socket.getInputStream());
			socket.setSoLinger(true, 0);
		});
	}

}
