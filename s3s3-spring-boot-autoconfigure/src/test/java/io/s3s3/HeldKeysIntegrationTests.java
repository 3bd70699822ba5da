package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of keys that were written away from home, over real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class HeldKeysIntegrationTests {

	private static final int KEYS = 60;

	private final EmbeddedS3 east = EmbeddedS3.start("east");

	private final EmbeddedS3 west = EmbeddedS3.start("west");

	private final FaultProxy toEast = FaultProxy.to(this.east.endpoint());

	/** What the primary was asked for. */
	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner application = Contexts
		.pair(this.toEast.uri(), "east", this.west.endpoint(), "west")
		.withPropertyValues("s3s3.probe.enabled=true", "s3s3.probe.interval=200ms", "s3s3.failback.hold-down=200ms",
				"s3s3.failback.ramp=")
		.withBean("recorder", LocationClientCustomizer.class, () -> (location, builder) -> {
			if (location == LocationRole.PRIMARY) {
				builder.overrideConfiguration(builder.overrideConfiguration()
					.copy((configuration) -> configuration.addExecutionInterceptor(recorder())));
			}
		});

	@AfterEach
	void close() {
		this.toEast.close();
		this.east.close();
		this.west.close();
	}

	@Test
	void comeHomeByOneListingOfTheirFolder() {
		this.application.run((context) -> {
			writeAway(context, KEYS);
			assertThat(held(context)).isEqualTo(KEYS);

			for (int i = 0; i < KEYS; i++) {
				this.east.put(key(i), content(i));
			}
			this.toEast.mode(Mode.FORWARD);

			Awaitility.await().untilAsserted(() -> assertThat(held(context)).isZero());
			assertThat(this.asked).contains("ListObjectsV2Request");
			assertThat(this.asked).filteredOn("HeadObjectRequest"::equals).hasSizeLessThan(KEYS / 2);
		});
	}

	@Test
	void areWrittenAtHomeAgainOnceTheyWereHeldForLongEnough(CapturedOutput output) {
		this.application.withPropertyValues("s3s3.failback.max-hold=1ms").run((context) -> {
			writeAway(context, 1);
			this.toEast.mode(Mode.FORWARD);
			Awaitility.await().untilAsserted(() -> assertThat(held(context)).isZero());
			this.asked.clear();

			context.getBean(FailoverS3Template.class).upload(key(0), content(0));

			assertThat(this.asked).contains("PutObjectRequest");
			assertThat(output)
				.contains("not arrived at the primary location are no longer held (s3s3.failback.max-hold)");
		});
	}

	@Test
	void areForgottenWithAWordIfTheMemoryIsTooSmall(CapturedOutput output) {
		this.application.withPropertyValues("s3s3.consistency.memory=64KB").run((context) -> {
			writeAway(context, 250);

			assertThat(output).containsOnlyOnce(
					"The memory for recent writes is full (s3s3.consistency.memory=65536B): writes are forgotten that the "
							+ "primary location may not have got yet");
			assertThat(held(context)).isPositive();
		});
	}

	private void writeAway(ApplicationContext context, int keys) {
		this.toEast.mode(Mode.REFUSE);
		for (int i = 0; i < keys; i++) {
			context.getBean(FailoverS3Template.class).upload(key(i), content(i));
		}
	}

	private static int held(ApplicationContext context) {
		return context.getBean(FailoverControl.class).status().heldKeys();
	}

	private static String key(int number) {
		return "folder/" + number;
	}

	private static byte[] content(int number) {
		return ("away " + number).getBytes(StandardCharsets.UTF_8);
	}

	private ExecutionInterceptor recorder() {
		return new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution execution, @Nullable ExecutionAttributes attributes) {
				HeldKeysIntegrationTests.this.asked.add(execution.request().getClass().getSimpleName());
			}

		};
	}

}
