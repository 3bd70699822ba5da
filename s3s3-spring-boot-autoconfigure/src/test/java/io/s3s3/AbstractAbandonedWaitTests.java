package io.s3s3;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Failure;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.health.Attempt;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that wait for a location, over real sockets. Only moving on can end their waits
 * in the time that the tests allow.
 */
abstract class AbstractAbandonedWaitTests {

	/** Where an answer is waited for. */
	static final String SOCKET = "SocketInputStream";

	static final Duration SOON = Duration.ofSeconds(60);

	private EmbeddedS3 east;

	private EmbeddedS3 west;

	FaultProxy primary;

	@BeforeEach
	void start() {
		this.east = EmbeddedS3.start("east");
		this.west = EmbeddedS3.start("west");
		this.primary = FaultProxy.to(this.east.endpoint());
		this.east.put("key", new byte[4 << 20]);
		this.west.put("key", new byte[10]);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.east.close();
		this.west.close();
	}

	void run(ApplicationContextRunner pair, Consumer<Calls> test) {
		this.primary.mode(Mode.SILENT);
		pair.run((context) -> test.accept(calls(context)));
	}

	static Calls calls(BeanFactory context) {
		return new Calls(context.getBean(FailoverS3Client.class), context.getBean(FailoverControl.class),
				context.getBean(TrafficDirector.class));
	}

	/**
	 * A pair that would wait longer for its primary than a test waits.
	 */
	ApplicationContextRunner patient() {
		return pair(Duration.ofMinutes(5), Duration.ofMinutes(5));
	}

	ApplicationContextRunner impatient() {
		return pair(Contexts.IMPATIENCE, Duration.ofMinutes(5));
	}

	ApplicationContextRunner pair(Duration readTimeout, Duration longReadTimeout) {
		return Contexts.pair(this.primary.uri(), "east", this.west.endpoint(), "west")
			.withPropertyValues("s3s3.circuit.without-success=0ms", "s3s3.primary.max-connections=1",
					"s3s3.primary.read-timeout=" + readTimeout, "s3s3.primary.last-read-timeout=" + readTimeout,
					"s3s3.primary.long-read-timeout=" + longReadTimeout);
	}

	/**
	 * The calls of a client.
	 */
	record Calls(FailoverS3Client s3, FailoverControl control, TrafficDirector director) {

		/**
		 * Start a call and wait until it waits.
		 */
		Call start(Operation operation, String where) {
			Call call = new Call(this.s3, operation);
			Awaitility.await().atMost(SOON).until(() -> call.isAt(where));
			return call;
		}

		void fallSilent() {
			fail(LocationRole.PRIMARY, null);
		}

		void fail(LocationRole location, @Nullable String subject) {
			for (int i = 0; i < 3; i++) {
				this.director.failed(
						new Attempt(location, System.nanoTime(), Duration.ZERO, (subject != null) ? subject + i : null),
						"failure");
			}
			assertThat(this.control.status().get(location).status()).isEqualTo(LocationStatus.OUT);
		}

	}

	/**
	 * A call on a thread of its own.
	 */
	static final class Call {

		private final CompletableFuture<Operation> done = new CompletableFuture<>();

		private final List<RequestFailedOver> failovers = new CopyOnWriteArrayList<>();

		private final Thread thread;

		Call(FailoverS3Client client, Operation operation) {
			FailoverS3Client s3 = client.on(RequestFailedOver.class, this.failovers::add);
			this.thread = new Thread(() -> this.done.completeAsync(() -> operation.carryOut(s3), Runnable::run));
			this.thread.setDaemon(true);
			this.thread.start();
		}

		boolean isAt(String where) {
			return Arrays.stream(this.thread.getStackTrace()).anyMatch((frame) -> frame.getClassName().contains(where));
		}

		Failure failure() {
			return failover().getFailure();
		}

		RequestFailedOver failover() {
			this.done.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join();
			assertThat(this.failovers).hasSize(1);
			return this.failovers.get(0);
		}

	}

	/**
	 * A call of each kind.
	 */
	enum Operation {

		GET((s3) -> s3.getObjectAsBytes((request) -> request.key("key"))),

		PUT((s3) -> s3.putObject((request) -> request.key("new"), RequestBody.fromString("x"))),

		DELETE((s3) -> s3.deleteObject((request) -> request.key("other"))),

		COPY((s3) -> s3.copyObject((request) -> request.sourceKey("key").destinationKey("copy"))),

		BATCH_DELETION(
				(s3) -> s3.deleteObjects((request) -> request.delete((keys) -> keys.objects((k) -> k.key("old")))));

		private final Consumer<FailoverS3Client> call;

		Operation(Consumer<FailoverS3Client> call) {
			this.call = call;
		}

		Operation carryOut(FailoverS3Client s3) {
			this.call.accept(s3);
			return this;
		}

	}

}
