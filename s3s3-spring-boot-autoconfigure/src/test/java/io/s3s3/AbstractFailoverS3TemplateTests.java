package io.s3s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;

/**
 * A template whose primary is alive, or refuses connections.
 */
abstract class AbstractFailoverS3TemplateTests {

	static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	Path folder;

	EmbeddedS3 alive;

	FaultyEndpoint dead;

	@BeforeEach
	void start() {
		this.alive = EmbeddedS3.start("alive");
		this.dead = FaultyEndpoint.refusing();
	}

	@AfterEach
	void stop() {
		this.dead.close();
		this.alive.close();
	}

	void run(boolean primaryWorks, TemplateConsumer consumer) {
		runContext(primaryWorks, (context) -> consumer.accept(context.getBean(FailoverS3Template.class)));
	}

	void runContext(boolean primaryWorks, ContextConsumer<AssertableApplicationContext> consumer) {
		URI dead = this.dead.uri();
		URI alive = this.alive.endpoint();
		if (primaryWorks) {
			Contexts.pair(alive, "alive", dead, "dead").run(consumer);
		}
		else {
			Contexts.pair(dead, "dead", alive, "alive").run(consumer);
		}
	}

	/**
	 * Uses a template.
	 */
	@FunctionalInterface
	interface TemplateConsumer {

		void accept(FailoverS3Template template) throws Exception;

	}

	/**
	 * Something to store.
	 */
	record Order(String id, int pieces) {

	}

}
