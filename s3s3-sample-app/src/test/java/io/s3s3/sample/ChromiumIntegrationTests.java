package io.s3s3.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.sun.net.httpserver.HttpServer;
import io.s3s3.sample.embedded.EmbeddedPair;
import io.s3s3.sample.embedded.GateState;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in a real browser, and what pages of other sites that are open in it can do.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EnabledIf("io.s3s3.sample.Chromium#isInstalled")
class ChromiumIntegrationTests {

	private static Chromium chromium;

	private static HttpServer otherServer;

	private final int port;

	private final String sample;

	private final EmbeddedPair pair;

	ChromiumIntegrationTests(@LocalServerPort int port, @Autowired EmbeddedPair pair) {
		this.port = port;
		this.sample = "http://127.0.0.1:" + port;
		this.pair = pair;
	}

	@BeforeAll
	static void start() throws IOException {
		otherServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		otherServer.createContext("/", (exchange) -> {
			byte[] page = "<!DOCTYPE html><title>Other</title><body>".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		otherServer.start();
		chromium = Chromium.start();
	}

	@AfterAll
	static void stop() {
		chromium.close();
		otherServer.stop(0);
	}

	@AfterEach
	void open() {
		this.pair.primary().gate().transitionTo(GateState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { Chromium.OTHER_SITE, "127.0.0.1", "localhost" })
	void closesNoGateForTheFormOfAnotherOrigin(String host) {
		chromium.open(other(host));

		chromium.run("""
				const form = document.createElement("form");
				form.method = "post";
				form.action = "%s/locations/primary/refuse";
				document.body.append(form);
				form.submit();
				""".formatted(this.sample));

		await().until(() -> chromium.run("return document.body.innerText"),
				(text) -> text.toString().contains("Pages of other origins may not call this one"));
		assertThat(this.pair.primary().gate().state()).isEqualTo(GateState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { Chromium.OTHER_SITE, "127.0.0.1", "localhost" })
	void answersNoScriptOfAnotherOrigin(String host) {
		chromium.open(other(host));

		Object answers = chromium
			.run("""
					const ask = (path, options) => fetch("%s" + path, options).then((answer) => answer.type, () => "refused");
					return Promise.all([
							ask("/locations/primary/refuse", { method: "POST", mode: "no-cors" }),
							ask("/locations/primary/refuse", { method: "POST" }),
							ask("/objects/key", { method: "DELETE" }),
							ask("/objects"),
							new Promise((done) => {
								const stream = new EventSource("%s/events/stream");
								stream.onopen = () => done("connected");
								stream.onerror = () => done("refused");
							})]);
					"""
				.formatted(this.sample, this.sample));

		assertThat(answers).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(5).containsOnly("refused");
		assertThat(this.pair.primary().gate().state()).isEqualTo(GateState.OPEN);
	}

	@Test
	void answersNothingUnderANameThatWasReboundToThisMachine() {
		chromium.open("http://%s:%d/".formatted(Chromium.OTHER_SITE, this.port));

		Object answers = chromium.run("""
				const ask = (path, method) => fetch(path, { method }).then((answer) => answer.status);
				return Promise.all([ask("/", "GET"), ask("/objects", "GET"), ask("/objects/key", "DELETE"),
						ask("/locations/primary/refuse", "POST"), ask("/actuator/s3s3", "GET")]);
				""");

		assertThat(answers).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(5).containsOnly(403);
		assertThat(this.pair.primary().gate().state()).isEqualTo(GateState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { Chromium.OTHER_SITE, "127.0.0.1" })
	void isShownInNoFrame(String host) {
		chromium.open(other(host));
		chromium.run("""
				const frame = document.createElement("iframe");
				const loaded = new Promise((done) => frame.onload = done);
				frame.src = "%s/";
				document.body.append(frame);
				await loaded;
				""".formatted(this.sample));

		chromium.enterFrame();

		assertThat(chromium.run("return document.documentElement.outerHTML").toString()).doesNotContain("s3s3 sample");
	}

	@Test
	void showsKeysAsText() {
		String key = "<img src=x onerror=\"window.harmed = true\">" + UUID.randomUUID();
		chromium.open(this.sample + "/");

		chromium.run("""
				const form = document.getElementById("upload");
				form.elements.key.value = arguments[0];
				form.requestSubmit();
				""".replace("arguments[0]", "`" + key + "`"));

		await().until(() -> chromium.run("return document.getElementById('object-rows').innerText"),
				(text) -> text.toString().contains(key));
		assertThat(chromium.run("return document.images.length + String(window.harmed)")).isEqualTo("0undefined");
	}

	@Test
	void goesOnWorkingWhenThePrimaryIsTakenDown() {
		String key = "?#../\u0001 \u00fc/" + UUID.randomUUID();
		chromium.open(this.sample + "/");

		await().until(() -> chromium.run("return document.querySelectorAll('#primary [data-action=refuse]').length"),
				Integer.valueOf(1)::equals);
		chromium.run("document.querySelector('#primary [data-action=refuse]').click()");
		await().until(() -> chromium.run("return document.querySelector('#primary .state').innerText"),
				"refusing"::equals);
		chromium.run("""
				const form = document.getElementById("upload");
				form.elements.key.value = `%s`;
				form.requestSubmit();
				""".formatted(key));

		await().until(() -> chromium.run("return document.getElementById('failovers').innerText"),
				(text) -> text.toString().contains("PutObject"));
		await().until(() -> chromium.run("return document.getElementById('object-rows').innerText"),
				(text) -> text.toString().contains(key.substring(key.indexOf('/'))));
		assertThat(chromium.run("return document.getElementById('calls').innerText").toString()).contains("secondary")
			.doesNotContain("nobody");
	}

	private static String other(String host) {
		return "http://" + host + ":" + otherServer.getAddress().getPort() + "/";
	}

}
