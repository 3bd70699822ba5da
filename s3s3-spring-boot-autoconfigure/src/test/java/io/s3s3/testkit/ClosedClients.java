package io.s3s3.testkit;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requires of each test class that it closes its clients: one that is left open keeps
 * asking for what was written, during the tests that follow. Applies to all tests.
 */
public final class ClosedClients implements BeforeAllCallback, AfterAllCallback {

	private Set<Thread> before = Set.of();

	@Override
	public void beforeAll(ExtensionContext context) {
		this.before = confirming();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		// Most have closed them: all test classes together would wait for half a minute.
		Awaitility.await(context.getDisplayName())
			.pollDelay(Duration.ZERO)
			.untilAsserted(() -> assertThat(confirming()).as("of clients that are open").isSubsetOf(this.before));
	}

	private static Set<Thread> confirming() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("s3s3-confirm"))
			.collect(Collectors.toSet());
	}

}
