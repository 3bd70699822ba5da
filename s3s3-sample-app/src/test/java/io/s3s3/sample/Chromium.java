package io.s3s3.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real browser, driven by the WebDriver protocol: Debian's packages {@code chromium}
 * and {@code chromium-driver}. It takes {@value #OTHER_SITE} for this machine. Not
 * thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class Chromium implements AutoCloseable {

	static final String OTHER_SITE = "evil.test";

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

	private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--window-size=1200,1000",
			"--host-resolver-rules=MAP " + OTHER_SITE + " 127.0.0.1");

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process driver;

	private final URI session;

	private Chromium(Process driver, URI sessions) {
		this.driver = driver;
		String opened = post(sessions,
				Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", ARGUMENTS)))));
		this.session = URI.create(sessions + "/" + JsonPath.<String>read(opened, "$.value.sessionId"));
	}

	static boolean isInstalled() {
		return Files.isExecutable(DRIVER);
	}

	static Chromium start() throws IOException {
		Process driver = new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
		try {
			BufferedReader output = driver.inputReader();
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				Matcher started = STARTED.matcher(line);
				if (started.find()) {
					return new Chromium(driver, URI.create("http://127.0.0.1:" + started.group(1) + "/session"));
				}
			}
			throw new IllegalStateException("The driver of Chromium does not start");
		}
		catch (IOException | RuntimeException ex) {
			driver.destroy();
			throw ex;
		}
	}

	/**
	 * Open a page and wait until it is loaded.
	 * @param url the page
	 */
	void open(String url) {
		command("url", Map.of("url", url));
	}

	/**
	 * Run a script in the page, which can await promises.
	 * @param script the body of a function
	 * @return what it returned, as JSON would have it, or an empty text if that is
	 * nothing
	 * @throws IllegalStateException if it throws, with what it throws
	 */
	Object run(String script) {
		String wrapped = "const done = arguments[arguments.length - 1];"
				+ "(async () => {%s})().then((value) => done({ value }), (error) => done({ error: String(error) }));"
					.formatted(script);
		Map<String, Object> outcome = JsonPath
			.read(command("execute/async", Map.of("script", wrapped, "args", List.of())), "$.value");
		if (outcome.get("error") != null) {
			throw new IllegalStateException("The script failed: " + outcome.get("error"));
		}
		return Objects.requireNonNullElse(outcome.get("value"), "");
	}

	/**
	 * Let the following scripts run in the first frame of the page.
	 */
	void enterFrame() {
		command("frame", Map.of("id", 0));
	}

	@Override
	public void close() {
		try {
			exchange(HttpRequest.newBuilder(this.session).DELETE().build());
		}
		finally {
			this.driver.destroy();
		}
	}

	private String command(String name, Map<String, ?> parameters) {
		return post(URI.create(this.session + "/" + name), parameters);
	}

	private String post(URI uri, Map<String, ?> parameters) {
		String json = JsonMapper.shared().writeValueAsString(parameters);
		return exchange(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(json)).build());
	}

	private String exchange(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Chromium does not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
