package io.s3s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The threads that transfer bodies have the context of the thread that they work for.
 */
class TransferThreadsIntegrationTests {

	private static final int MB = 1 << 20;

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	@TempDir
	private Path folder;

	private final List<Seen> seen = new CopyOnWriteArrayList<>();

	private final ObservationRegistry observations = TestObservationRegistry.create();

	@AfterEach
	void clear() {
		MDC.clear();
		TENANT.remove();
	}

	@Test
	void uploadsOfOutputStreams() {
		run((s3) -> {
			try (OutputStream stream = s3.uploadAsStream("k")) {
				stream.write(new byte[MB]);
			}

			assertThat(this.seen).hasSize(1).allSatisfy((seen) -> seen.isOf("s3s3-upload"));
		});
	}

	@Test
	void uploadsOfParts() {
		run((s3) -> {
			s3.upload("k", new byte[11 * MB]);

			List<Seen> parts = this.seen.stream().filter((seen) -> seen.operation().equals("UploadPart")).toList();
			assertThat(parts).hasSize(3).allSatisfy((seen) -> seen.isOf("s3s3-part"));
			assertThat(parts).extracting(Seen::observation).containsOnly("s3s3.attempt");
		});
	}

	@Test
	void downloadsOfParts() {
		run((s3) -> {
			s3.upload("k", new byte[30 * MB]);
			this.seen.clear();

			s3.download("k", this.folder.resolve("target"));

			Set<Seen> ofOthers = this.seen.stream()
				.filter((seen) -> seen.thread().startsWith("s3s3"))
				.collect(Collectors.toSet());
			assertThat(ofOthers).isNotEmpty().allSatisfy((seen) -> seen.isOf("s3s3-download"));
			assertThat(ofOthers).extracting(Seen::observation).containsOnly("s3s3.attempt");
		});
	}

	@Test
	void leavesNoContextBehindOnTheThreadOfTheCaller() {
		run((s3) -> {
			s3.upload("k", new byte[11 * MB]);

			assertThat(MDC.get("request")).isEqualTo("r1");
			assertThat(Objects.requireNonNull(this.observations.getCurrentObservation()).getContext().getName())
				.isEqualTo("caller");
		});
	}

	private void run(Work work) {
		MDC.put("request", "r1");
		TENANT.set("t1");
		Observation caller = Observation.start("caller", this.observations);
		runner().run((context) -> {
			try (Observation.Scope scope = caller.openScope()) {
				work.with(context.getBean(FailoverS3Template.class));
			}
		});
	}

	private ApplicationContextRunner runner() {
		return Contexts.pair(east.endpoint(), "east", west.endpoint(), "west")
			.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class))
			.withPropertyValues("s3s3.transfer.multipart-threshold=6MB", "s3s3.transfer.part-size=5MB")
			.withBean(ObservationRegistry.class, () -> this.observations)
			.withBean(TaskDecorator.class, () -> TransferThreadsIntegrationTests::withTenant)
			.withBean(LocationClientCustomizer.class, () -> (location, builder) -> builder
				.overrideConfiguration((configuration) -> configuration.addExecutionInterceptor(new Watcher())));
	}

	private static Runnable withTenant(Runnable task) {
		String tenant = TENANT.get();
		return () -> {
			TENANT.set(tenant);
			task.run();
		};
	}

	private final class Watcher implements ExecutionInterceptor {

		@Override
		public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
			Observation current = TransferThreadsIntegrationTests.this.observations.getCurrentObservation();
			TransferThreadsIntegrationTests.this.seen
				.add(new Seen(context.request().getClass().getSimpleName().replace("Request", ""),
						Thread.currentThread().getName(), MDC.get("request"), TENANT.get(),
						(current != null) ? current.getContext().getName() : null));
		}

	}

	@FunctionalInterface
	interface Work {

		void with(FailoverS3Template s3) throws IOException;

	}

	record Seen(String operation, String thread, String request, String tenant, @Nullable String observation) {

		void isOf(String name) {
			assertThat(this.thread).isEqualTo(name);
			assertThat(this.request).isEqualTo("r1");
			assertThat(this.tenant).isEqualTo("t1");
			assertThat(this.observation).isNotNull();
		}

	}

}
