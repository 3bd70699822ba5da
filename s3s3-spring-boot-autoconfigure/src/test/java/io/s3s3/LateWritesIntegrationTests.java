package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.WriteBuried;
import io.s3s3.event.WriteNotReplicated;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application is told of keys that have ended wrong, and that it never reads,
 * over real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class LateWritesIntegrationTests {

	private static final String KEY = "orders/1";

	private final EmbeddedS3 east = EmbeddedS3.start("east");

	private final EmbeddedS3 west = EmbeddedS3.start("west");

	private final FaultProxy toEast = FaultProxy.to(this.east.endpoint());

	private final ApplicationContextRunner application = Contexts
		.pair(this.toEast.uri(), "east", this.west.endpoint(), "west")
		.withBean(Recorder.class)
		.withPropertyValues("s3s3.probe.enabled=true", "s3s3.probe.interval=200ms", "s3s3.failback.hold-down=200ms",
				"s3s3.failback.ramp=", "s3s3.consistency.horizon=200ms");

	@AfterEach
	void close() {
		this.toEast.close();
		this.east.close();
		this.west.close();
	}

	@Test
	void isToldOfAWriteThatAnOlderOneHasReplacedEverywhere(CapturedOutput output) {
		this.application.withPropertyValues("s3s3.failback.max-hold=1ms").run((context) -> {
			writeTwice(context);
			this.west.put(KEY, bytes("first"));
			this.toEast.mode(Mode.FORWARD);

			List<RequestEvent> told = context.getBean(Recorder.class).events;
			Awaitility.await()
				.untilAsserted(() -> assertThat(told).hasAtLeastOneElementOfType(WriteBuried.class)
					.hasAtLeastOneElementOfType(WriteNotReplicated.class));
			assertThat(told).filteredOn((event) -> !(event instanceof RequestFailedOver))
				.hasSize(2)
				.allSatisfy((event) -> assertThat(event.getRequest())
					.isEqualTo(HeadObjectRequest.builder().bucket("east").key(KEY).build()));
			assertThat(told).filteredOn(WriteBuried.class::isInstance)
				.map((event) -> ((WriteBuried) event).getLocation())
				.containsExactly(LocationRole.SECONDARY);
			assertThat(output).contains("have replaced the last one of 1 keys");
		});
	}

	@Test
	void isToldOfAWriteThatWasReplacedAtHomeAfterItHadArrivedThere() {
		this.application.run((context) -> {
			writeTwice(context);
			this.east.put(KEY, bytes("second"));
			this.toEast.mode(Mode.FORWARD);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(FailoverControl.class).status().heldKeys()).isZero());
			this.east.put(KEY, bytes("first"));

			List<RequestEvent> told = context.getBean(Recorder.class).events;
			Awaitility.await()
				.untilAsserted(() -> assertThat(told).filteredOn(WriteNotReplicated.class::isInstance)
					.map((event) -> ((WriteNotReplicated) event).getLocation())
					.containsExactly(LocationRole.PRIMARY));
			assertThat(told).noneMatch(WriteBuried.class::isInstance);
		});
	}

	@Test
	void isToldOfAFirstWriteThatNeverComesHome() {
		this.application.withPropertyValues("s3s3.failback.max-hold=1ms").run((context) -> {
			this.toEast.mode(Mode.REFUSE);
			context.getBean(FailoverS3Template.class).upload(KEY, bytes("first"));
			this.toEast.mode(Mode.FORWARD);

			awaitOneAtHome(context, WriteNotReplicated.class, WriteNotReplicated::getLocation);
		});
	}

	@Test
	void isToldOfALaterWriteAtHomeThatAnOlderOneFromElsewhereHasReplaced() {
		this.application.run((context) -> {
			writeTwice(context);
			this.east.put(KEY, bytes("second"));
			this.toEast.mode(Mode.FORWARD);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(FailoverControl.class).status().heldKeys()).isZero());
			awaitLooks();
			context.getBean(FailoverS3Template.class).upload(KEY, bytes("third"));
			this.west.put(KEY, bytes("third"));
			this.east.put(KEY, bytes("second"));

			awaitOneAtHome(context, WriteBuried.class, WriteBuried::getLocation);
		});
	}

	@Test
	void readsWhatSomebodyElseHasWrittenSinceThoughTheOtherLocationLooksAsBefore() {
		this.application.run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			writeTwice(context);
			this.east.put(KEY, bytes("second"));
			this.toEast.mode(Mode.FORWARD);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(FailoverControl.class).status().heldKeys()).isZero());
			this.east.put(KEY, bytes("theirs"));
			assertThat(template.downloadAsBytes(KEY)).isEqualTo(bytes("theirs"));

			awaitLooks();

			assertThat(template.downloadAsBytes(KEY)).isEqualTo(bytes("theirs"));
			assertThat(context.getBean(Recorder.class).events)
				.noneMatch((event) -> event instanceof WriteBuried || event instanceof WriteNotReplicated);
		});
	}

	/**
	 * Write at home, and then away from it.
	 */
	private void writeTwice(ApplicationContext context) {
		FailoverS3Template template = context.getBean(FailoverS3Template.class);
		template.upload(KEY, bytes("first"));
		this.toEast.mode(Mode.REFUSE);
		template.upload(KEY, bytes("second"));
	}

	/**
	 * Wait for a single event of a type, which is of the primary.
	 */
	private static <E extends RequestEvent> void awaitOneAtHome(ApplicationContext context, Class<E> type,
			Function<E, LocationRole> location) {
		List<RequestEvent> told = context.getBean(Recorder.class).events;
		Awaitility.await()
			.untilAsserted(() -> assertThat(told).filteredOn(type::isInstance)
				.map((event) -> location.apply(type.cast(event)))
				.containsExactly(LocationRole.PRIMARY));
	}

	/**
	 * Wait until all keys that might have ended wrong have been looked at.
	 */
	private static void awaitLooks() {
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("s3s3-late-writes")));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static final class Recorder {

		private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void record(RequestEvent event) {
			this.events.add(event);
		}

	}

}
