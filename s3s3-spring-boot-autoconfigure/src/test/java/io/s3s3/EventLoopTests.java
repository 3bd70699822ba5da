package io.s3s3;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops go on while what is the caller's blocks: all of it waits for a beat of the
 * only loop that there is, which never came if it were waited for there.
 */
@Timeout(180)
class EventLoopTests {

	@TempDir
	private Path folder;

	private final AtomicInteger beats = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> missed = new AtomicReference<>();

	@Test
	void beatWhileListenersCredentialsBodiesAndContinuationsBlock() throws Exception {
		AtomicReference<@Nullable EventLoopScenario> running = new AtomicReference<>();
		try (EventLoopScenario scenario = new EventLoopScenario(this.folder, () -> awaitBeat(running.get()))) {
			running.set(scenario);

			scenario.run();

			assertThat(this.missed.get()).isNull();
			assertThat(scenario.failovers()).isGreaterThanOrEqualTo(3);
			assertThat(this.beats.get()).isGreaterThan(50);
		}
	}

	@Test
	void areNotBlockedByUs() throws Exception {
		Process process = new ProcessBuilder(BlockingOnEventLoops.command()).redirectErrorStream(true).start();
		try (BufferedReader output = process.inputReader()) {
			List<String> lines = output.lines().toList();

			assertThat(lines).contains("end").anyMatch((line) -> line.startsWith("control: "));
			assertThat(lines).noneMatch((line) -> line.startsWith("blocked: "));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private void awaitBeat(@Nullable EventLoopScenario scenario) {
		try {
			Objects.requireNonNull(scenario).loops().eventLoopGroup().submit(() -> {
			}).get(10, TimeUnit.SECONDS);
			this.beats.incrementAndGet();
		}
		catch (Exception ex) {
			this.missed.set(ex);
		}
	}

}
