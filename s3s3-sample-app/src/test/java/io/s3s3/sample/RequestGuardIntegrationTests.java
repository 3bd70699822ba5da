package io.s3s3.sample;

import java.util.List;

import io.s3s3.sample.RawBrowser.Answer;
import io.s3s3.sample.embedded.EmbeddedPair;
import io.s3s3.sample.embedded.GateState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a page of another site can do with the sample that runs on its visitor's machine.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RequestGuardIntegrationTests {

	private static final List<String> CALLS = List.of("GET /", "GET /app.js", "GET /objects", "GET /objects/key",
			"GET /locations", "GET /events", "GET /events/stream", "PUT /objects/key", "DELETE /objects/key",
			"POST /objects/delete", "POST /locations/primary/refuse", "GET /actuator", "GET /actuator/s3s3",
			"POST /actuator/s3s3", "DELETE /actuator/s3s3", "GET /unknown", "OPTIONS /objects/key");

	private final RawBrowser browser;

	private final EmbeddedPair pair;

	private final String host;

	RequestGuardIntegrationTests(@LocalServerPort int port, @Autowired EmbeddedPair pair) {
		this.browser = new RawBrowser(port);
		this.pair = pair;
		this.host = "Host: 127.0.0.1:" + port;
	}

	@AfterEach
	void theGateIsStillOpen() {
		assertThat(this.pair.primary().gate().state()).isEqualTo(GateState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.test", "evil.test:8080", "localhost.evil.test", "127.0.0.1.evil.test", "192.0.2.1",
			"evil.test:80:127.0.0.1", "127.0.0.2", "localhost.", "0.0.0.0", "[::]", "2130706433", "" })
	void refusesEveryCallUnderAnotherName(String name) {
		for (String call : CALLS) {
			assertThat(this.browser.send(call, "Host: " + name)).as(call)
				.satisfies((answer) -> assertThat(answer.status()).isIn(400, 403));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:8080", "LocalHost" })
	void answersUnderTheNamesOfThisMachine(String name) {
		assertThat(this.browser.send("GET /locations", "Host: " + name).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://evil.test", "https://evil.test", "null", "http://localhost:3000", "http://127.0.0.1",
					"http://127.0.0.1:1", "http://127.0.0.1.evil.test", "file://", "chrome-extension://abc", "" })
	void refusesEveryCallOfAPageOfAnotherOrigin(String origin) {
		for (String call : CALLS) {
			assertThat(this.browser.send(call, this.host, "Origin: " + origin).status()).as(call).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "of-the-future" })
	void refusesWhatTheBrowserSaysAnotherSiteAskedFor(String site) {
		for (String call : CALLS) {
			assertThat(this.browser.send(call, this.host, "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: no-cors",
					"Sec-Fetch-Dest: image"))
				.as(call)
				.returns(403, Answer::status);
			assertThat(this.browser.send(call, this.host, "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: navigate",
					"Sec-Fetch-Dest: iframe"))
				.as(call)
				.returns(403, Answer::status);
		}
	}

	@Test
	void opensWhenALinkOfAnotherSiteIsFollowed() {
		String[] link = { this.host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
				"Sec-Fetch-Dest: document" };

		assertThat(this.browser.send("GET /", link).status()).isEqualTo(200);
		assertThat(this.browser.send("POST /locations/primary/refuse", link).status()).isEqualTo(403);
	}

	@Test
	void servesItsOwnPage() {
		String[] own = { this.host, "Origin: http://" + this.host.substring("Host: ".length()),
				"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty" };

		assertThat(this.browser.send("POST /locations/secondary/up", own).status()).isEqualTo(200);
		assertThat(this.browser.send("DELETE /objects/key", own).status()).isEqualTo(204);
	}

	@Test
	void saysWhyItRefuses() {
		Answer answer = this.browser.send("GET /", "Host: evil.test", "Accept: text/html");

		assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
		assertThat(answer.body()).contains("sample.allowed-hosts").doesNotContain("evil.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /app.js", "GET /objects", "GET /objects/unknown", "GET /unknown",
			"PATCH /objects", "GET /actuator/health", "GET /objects?key=%00", "PUT /objects", "GET /objects;x" })
	void tellsBrowsersWhatTheyMustNotDo(String call) {
		assertThat(this.browser.send(call, this.host).headers()).satisfies((headers) -> {
			assertThat(headers.get("content-security-policy")).contains("default-src 'self'", "frame-ancestors 'none'",
					"form-action 'none'");
			assertThat(headers).containsEntry("x-frame-options", "DENY")
				.containsEntry("x-content-type-options", "nosniff")
				.containsEntry("referrer-policy", "same-origin")
				.containsEntry("cross-origin-resource-policy", "same-origin")
				.containsEntry("cache-control", "no-store")
				.doesNotContainKey("access-control-allow-origin");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT /objects/key 104857601", "POST /objects/delete 2097153",
			"POST /actuator/s3s3 9223372036854775807" })
	void refusesWhatIsTooLargeBeforeItIsSent(String call) {
		String[] parts = call.split(" ");

		Answer answer = this.browser.send(parts[0] + " " + parts[1], this.host, "Content-Length: " + parts[2]);

		assertThat(answer.status()).isEqualTo(413);
	}

	@Test
	void refusesWhatDoesNotSayHowLargeItIs() {
		assertThat(this.browser.send("PUT /objects/key", this.host, "Transfer-Encoding: chunked", "", "0", "").status())
			.isEqualTo(411);
	}

}
