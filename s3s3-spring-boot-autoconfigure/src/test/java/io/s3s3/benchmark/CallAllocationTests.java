package io.s3s3.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a call allocates more than one of a raw client, which is how much work
 * it makes. The bound is generous: {@link EngineBenchmark} prints the figures, of code
 * that is compiled as well as it can be.
 */
class CallAllocationTests {

	private static final int WARM_UP = 2000;

	private static final int CALLS = 200;

	private static final long MOST = 2048;

	private static StubProcess primary;

	private static StubProcess secondary;

	private static ConfigurableApplicationContext application;

	private static S3Client raw;

	private static S3Client client;

	private static FailoverS3Template template;

	@BeforeAll
	static void start() throws IOException {
		primary = StubProcess.start();
		secondary = StubProcess.start();
		application = StubProcess.application(primary, secondary);
		raw = primary.raw();
		client = application.getBean(FailoverS3Client.class);
		template = application.getBean(FailoverS3Template.class);
	}

	@AfterAll
	static void stop() {
		raw.close();
		application.close();
		primary.close();
		secondary.close();
	}

	@Test
	void getsLittleMoreThanTheObject() {
		long base = bytes(() -> raw.getObjectAsBytes((request) -> request.bucket("primary").key("k")));

		assertThat(bytes(() -> client.getObjectAsBytes((request) -> request.bucket("primary").key("k"))) - base)
			.isLessThan(MOST);
		assertThat(bytes(() -> template.downloadAsBytes("k")) - base).isLessThan(MOST);
	}

	@Test
	void putsLittleMoreThanTheObject() {
		byte[] content = StubServer.CONTENT;
		long base = bytes(
				() -> raw.putObject((request) -> request.bucket("primary").key("k"), RequestBody.fromBytes(content)));

		assertThat(bytes(
				() -> client.putObject((request) -> request.bucket("primary").key("k"), RequestBody.fromBytes(content)))
				- base)
			.isLessThan(MOST);
		assertThat(bytes(() -> template.upload("k", content)) - base).isLessThan(MOST);
	}

	@Test
	void asksForLittleMoreThanTheHead() {
		long base = bytes(() -> raw.headObject((request) -> request.bucket("primary").key("k")));

		assertThat(bytes(() -> client.headObject((request) -> request.bucket("primary").key("k"))) - base)
			.isLessThan(MOST);
		assertThat(bytes(() -> template.exists("k")) - base).isLessThan(MOST);
	}

	private static long bytes(Runnable call) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		for (int i = 0; i < WARM_UP; i++) {
			call.run();
		}
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < CALLS; i++) {
			call.run();
		}
		return (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
	}

}
