package io.s3s3.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Talks HTTP to the application, as a browser does.
 */
final class SampleBrowser {

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI application;

	SampleBrowser(int port) {
		this.application = URI.create("http://127.0.0.1:" + port);
	}

	HttpResponse<String> put(String path, String content) {
		return send("PUT", path, content);
	}

	HttpResponse<String> put(String path, String content, String contentType) {
		return exchange(
				request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofString(content)).build());
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, "");
	}

	HttpResponse<String> delete(String path) {
		return send("DELETE", path, "");
	}

	HttpResponse<String> post(String path) {
		return send("POST", path, "");
	}

	HttpResponse<String> postJson(String path, String json) {
		return exchange(
				request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build());
	}

	CompletableFuture<Void> follow(String path, Consumer<String> reader) {
		return this.client.sendAsync(request(path).build(), BodyHandlers.ofLines())
			.thenAccept((answer) -> answer.body().forEach(reader));
	}

	private HttpResponse<String> send(String method, String path, String content) {
		return exchange(request(path).header("Content-Type", "text/plain")
			.method(method, BodyPublishers.ofString(content))
			.build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.application.resolve(path));
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException("The application does not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
