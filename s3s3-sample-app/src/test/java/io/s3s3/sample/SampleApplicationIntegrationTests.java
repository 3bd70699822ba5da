package io.s3s3.sample;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.s3s3.health.FailoverControl;
import io.s3s3.sample.embedded.EmbeddedLocation;
import io.s3s3.sample.embedded.EmbeddedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
 * The sample as its users see it, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "s3s3.primary.read-timeout=500ms", "s3s3.secondary.read-timeout=500ms",
				"s3s3.primary.last-read-timeout=1s", "s3s3.secondary.last-read-timeout=1s", "s3s3.probe.interval=100ms",
				"s3s3.failback.hold-down=0s", "s3s3.failback.ramp=" })
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationIntegrationTests {

	private final String folder = UUID.randomUUID().toString();

	private final SampleBrowser browser;

	private final MeterRegistry meters;

	private final EmbeddedPair pair;

	private final FailoverControl control;

	SampleApplicationIntegrationTests(@LocalServerPort int port, @Autowired MeterRegistry meters,
			@Autowired EmbeddedPair pair, @Autowired FailoverControl control) {
		this.browser = new SampleBrowser(port);
		this.meters = meters;
		this.pair = pair;
		this.control = control;
	}

	@BeforeEach
	@AfterEach
	void bringBothUp() {
		this.browser.post("/locations/primary/up");
		this.browser.post("/locations/secondary/up");
		this.control.reset();
		await().until(() -> servedBy(this.browser.get("/objects")).equals("primary"));
	}

	@Test
	void thePrimaryServesAllFiveOperations() {
		long failovers = countFailovers();

		assertThatAllFiveOperationsSucceedAt("primary");

		assertThat(countFailovers()).isEqualTo(failovers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "refuse", "hang" })
	void theSecondaryServesAllFiveOperationsWhenThePrimaryIsDown(String fault, CapturedOutput output) {
		long failovers = countFailovers();
		long latest = latestFailover();
		this.browser.post("/locations/primary/" + fault);

		assertThatAllFiveOperationsSucceedAt("secondary");

		assertThat(countFailovers()).isGreaterThan(failovers);
		List<String> operations = JsonPath.read(this.browser.get("/events").body(),
				"$[?(@.id > %d && @.from == 'primary' && @.to == 'secondary')].operation".formatted(latest));
		assertThat(operations).isNotEmpty();
		assertThat(output).contains(operations.get(0) + " failed over from primary to secondary: ")
			.doesNotContain(this.folder);
	}

	@ParameterizedTest
	@ValueSource(strings = { "refuse", "hang" })
	void thePrimaryServesAgainAndHasCaughtUpWhenItReturns(String fault) {
		this.browser.put(path("deleted"), "before");
		await().until(() -> isReplicated("deleted"));
		this.browser.post("/locations/primary/" + fault);
		this.browser.put(path("written"), "during");
		this.browser.delete(path("deleted"));

		this.browser.post("/locations/primary/up");

		await().untilAsserted(() -> {
			HttpResponse<String> written = this.browser.get(path("written"));
			assertThat(servedBy(written)).isEqualTo("primary");
			assertThat(written.body()).isEqualTo("during");
			HttpResponse<String> deleted = this.browser.get(path("deleted"));
			assertThat(servedBy(deleted)).isEqualTo("primary");
			assertThat(deleted.statusCode()).isEqualTo(404);
		});
	}

	@Test
	void tellsWhatWasTriedWhenBothLocationsAreDown() {
		this.browser.post("/locations/primary/refuse");
		this.browser.post("/locations/secondary/hang");

		HttpResponse<String> answer = this.browser.get(path("key"));

		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("X-S3s3-Location")).isEmpty();
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		String detail = JsonPath.read(answer.body(), "$.detail");
		assertThat(detail).contains("GetObject tried primary: connection", "secondary: timeout")
			.doesNotContain("secret", this.folder);
	}

	@Test
	void answersNotFoundForAnUnknownKey() {
		HttpResponse<String> answer = this.browser.get(path("unknown"));

		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(servedBy(answer)).isEqualTo("primary");
	}

	@Test
	void showsWhatIsMadeOfALocationThatIsDown() {
		this.browser.post("/locations/primary/refuse");

		await().untilAsserted(() -> {
			this.browser.get("/objects");
			String locations = this.browser.get("/locations").body();
			assertThat(JsonPath.<List<String>>read(locations, "$[*].health")).containsExactly("out", "up");
			assertThat(JsonPath.<List<Boolean>>read(locations, "$[*].first")).containsExactly(false, true);
		});
	}

	@Test
	void showsTheLocationsAndTheirState() {
		this.browser.post("/locations/secondary/hang");

		String locations = this.browser.get("/locations").body();

		assertThat(JsonPath.<List<String>>read(locations, "$[*].role")).containsExactly("primary", "secondary");
		assertThat(JsonPath.<List<String>>read(locations, "$[*].bucket")).containsExactly("sample-east", "sample-west");
		assertThat(JsonPath.<List<String>>read(locations, "$[*].state")).containsExactly("open", "hanging");
		assertThat(locations).doesNotContain("secret");
	}

	@Test
	void refusesUnknownLocationsAndActions() {
		assertThat(this.browser.post("/locations/tertiary/up").statusCode()).isEqualTo(404);
		assertThat(this.browser.post("/locations/primary/explode").statusCode()).isEqualTo(404);
	}

	@Test
	void streamsFailoversAsTheyCome() {
		List<String> lines = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> following = this.browser.follow("/events/stream", lines::add);
		await().until(() -> lines.contains(":subscribed"));
		this.browser.post("/locations/primary/refuse");

		this.browser.get("/objects");

		await().until(() -> lines.stream()
			.anyMatch((line) -> line.startsWith("data:") && line.contains("\"operation\":\"ListObjects\"")));
		assertThat(lines).contains("event:RequestFailedOver");
		assertThat(following).isNotDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/app.js", "/style.css", "/favicon.svg", "/actuator/health",
			"/actuator/metrics/s3s3.requests", "/actuator/s3s3" })
	void serves(String path) {
		HttpResponse<String> answer = this.browser.get(path);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isNotEmpty();
	}

	private void assertThatAllFiveOperationsSucceedAt(String location) {
		assertThat(this.browser.put(path("one"), "first")).satisfies((answer) -> succeededAt(location, answer));
		this.browser.put(path("two"), "second");
		this.browser.put(path("three"), "third");
		assertThat(this.browser.get(path("one"))).satisfies((answer) -> succeededAt(location, answer))
			.returns("first", HttpResponse::body);
		assertThat(list()).satisfies((answer) -> succeededAt(location, answer));
		assertThat(listedKeys()).containsExactly(key("one"), key("three"), key("two"));
		assertThat(this.browser.delete(path("one"))).satisfies((answer) -> succeededAt(location, answer));
		assertThat(listedKeys()).containsExactly(key("three"), key("two"));
		assertThat(this.browser.postJson("/objects/delete", "[\"%s\", \"%s\"]".formatted(key("two"), key("three"))))
			.satisfies((answer) -> succeededAt(location, answer));
		assertThat(listedKeys()).isEmpty();
	}

	private static void succeededAt(String location, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isBetween(200, 204);
		assertThat(servedBy(answer)).isEqualTo(location);
	}

	private static String servedBy(HttpResponse<String> answer) {
		return answer.headers().firstValue("X-S3s3-Location").orElse("nobody");
	}

	private HttpResponse<String> list() {
		return this.browser.get("/objects?prefix=" + this.folder);
	}

	private List<String> listedKeys() {
		return JsonPath.read(list().body(), "$.objects[*].key");
	}

	private boolean isReplicated(String name) {
		EmbeddedLocation secondary = this.pair.secondary();
		return secondary.client()
			.listObjects((request) -> request.bucket(secondary.bucket()).prefix(key(name)))
			.hasContents();
	}

	private long countFailovers() {
		return (long) this.meters.find("s3s3.failovers").counters().stream().mapToDouble(Counter::count).sum();
	}

	private long latestFailover() {
		List<Integer> ids = JsonPath.read(this.browser.get("/events").body(), "$[*].id");
		return ids.stream().mapToInt(Integer::intValue).max().orElse(0);
	}

	private String key(String name) {
		return this.folder + "/" + name;
	}

	private String path(String name) {
		return "/objects/" + key(name);
	}

}
