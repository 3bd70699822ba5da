package io.s3s3.sample;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import io.s3s3.sample.embedded.EmbeddedLocation;
import io.s3s3.sample.embedded.EmbeddedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever key somebody chooses, it is stored or refused, and does no harm to the rest.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class HostileKeysIntegrationTests {

	private final String folder = UUID.randomUUID().toString();

	private final SampleBrowser browser;

	private final EmbeddedPair pair;

	HostileKeysIntegrationTests(@LocalServerPort int port, @Autowired EmbeddedPair pair) {
		this.browser = new SampleBrowser(port);
		this.pair = pair;
	}

	@AfterEach
	void bothLocationsAreUpAndReplicate(CapturedOutput output) {
		String locations = this.browser.get("/locations").body();
		assertThat(JsonPath.<List<String>>read(locations, "$[*].health")).containsExactly("up", "up");
		this.browser.put("/objects/" + this.folder + "/plain", "content");
		await().until(() -> isReplicated(this.folder + "/plain"));
		assertThat(output.getAll().replaceAll("[\n\r\t]", "")).doesNotContainPattern("\\p{Cc}");
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("forged"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0001b", "line\nforged", "\u001b[31mred", "\u007f", "\u0085", "\u2028", "\u202e",
			"\ufffe", "\ud83d\ude00", "?query#fragment&key=x", "a;b=c", "100%", "%2e%2e",
			"<img src=x onerror=alert(1)>", "javascript:alert(1)", "space ", "a/./b" })
	void storesListsAndDeletesAnyText(String name) {
		String key = this.folder + "/" + name;

		assertThat(this.browser.put(path(key), "content").statusCode()).isEqualTo(204);
		assertThat(this.browser.get(path(key)).body()).isEqualTo("content");
		List<String> keys = JsonPath.read(this.browser.get("/objects?prefix=" + this.folder).body(),
				"$.objects[*].key");
		assertThat(keys).hasSize(1);
		assertThat(this.browser.delete(path(key)).statusCode()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nul\u0000", "../x", "../sample-west/x", "..", ".", "a/../../x" })
	void refusesWhatTheServerCannotHold(String key) {
		assertThat(this.browser.put(path(key), "content").statusCode()).isEqualTo(400);
	}

	@Test
	void refusesAnObjectWhereAFolderIs() {
		this.browser.put("/objects/" + this.folder + "/file", "content");

		assertThat(this.browser.put("/objects/" + this.folder, "content").statusCode()).isEqualTo(400);
	}

	@Test
	void refusesAKeyThatIsTooLong() {
		HttpResponse<String> answer = this.browser.put(path("\u00fc".repeat(513)), "content");

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("1024");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0001", "line\nforged", "../", "\u0000" })
	void listsByAnyPrefix(String prefix) {
		assertThat(this.browser.get("/objects?prefix=" + encode(prefix)).statusCode()).isIn(200, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[1, {}]", "[null]", "[\"\"]", "[[[[\"a\"]]]]", "\"a\"", "[\"a\\u0000\"]",
			"[\"\\ud800\"]", "[\"../x\"]", "not json" })
	void deletesNothingThatIsNoListOfKeys(String json) {
		assertThat(this.browser.postJson("/objects/delete", json).statusCode()).isIn(200, 400);
	}

	@Test
	void refusesMoreKeysThanS3Takes() {
		String keys = "[" + "\"key\",".repeat(1000) + "\"key\"]";

		assertThat(this.browser.postJson("/objects/delete", keys).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain; charset=no such", "a/b; x=\"\\\"\"", "text", "*/*", "text/html; x=\"y" })
	void storesWithAnyContentType(String contentType) {
		assertThat(this.browser.put(path(this.folder + "/typed"), "content", contentType).statusCode()).isIn(204, 400);
	}

	private boolean isReplicated(String key) {
		EmbeddedLocation secondary = this.pair.secondary();
		return secondary.client()
			.listObjects((request) -> request.bucket(secondary.bucket()).prefix(key))
			.hasContents();
	}

	private static String path(String key) {
		return "/objects?key=" + encode(key);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
