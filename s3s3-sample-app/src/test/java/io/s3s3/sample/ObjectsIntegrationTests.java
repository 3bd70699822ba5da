package io.s3s3.sample;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys and contents survive the way through HTTP, and do no harm.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ObjectsIntegrationTests {

	private final String folder = UUID.randomUUID().toString();

	private final SampleBrowser browser;

	ObjectsIntegrationTests(@LocalServerPort int port) {
		this.browser = new SampleBrowser(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "with%20space", "%C3%BCml%C3%A4ut", "100%25", "a%2Bb+c", "semi%3Bcolon",
			"%3Cb%3E%22quoted%22", "deep/er/key" })
	void keepsKeysAsTheyAre(String encoded) {
		String path = path(encoded);

		this.browser.put(path, "content");

		assertThat(this.browser.get(path).body()).isEqualTo("content");
		List<String> keys = JsonPath.read(this.browser.get("/objects?prefix=" + this.folder).body(),
				"$.objects[*].key");
		assertThat(keys).containsExactly(URI.create(path).getPath().substring("/objects/".length()));
	}

	@ParameterizedTest
	@CsvSource({ "text/plain, text/plain", "image/png, image/png",
			"application/x-www-form-urlencoded, application/octet-stream" })
	void keepsContentAndItsType(String sent, String stored) {
		this.browser.put(path("key"), "a=b&c", sent);

		HttpResponse<String> answer = this.browser.get(path("key"));

		assertThat(answer.body()).isEqualTo("a=b&c");
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(stored);
	}

	@Test
	void refusesAnEmptyKeyAndAnEmptyListOfKeys() {
		assertThat(this.browser.put("/objects/", "content").statusCode()).isEqualTo(400);
		assertThat(this.browser.delete("/objects/").statusCode()).isEqualTo(400);
		assertThat(this.browser.postJson("/objects/delete", "[]").statusCode()).isEqualTo(400);
	}

	@Test
	void servesWhatWasStoredAsAnAttachment() {
		this.browser.put(path("page.html"), "<script>alert(1)</script>", "text/html");

		HttpResponse<String> answer = this.browser.get(path("page.html"));

		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	private String path(String name) {
		return "/objects/" + this.folder + "/" + name;
	}

}
